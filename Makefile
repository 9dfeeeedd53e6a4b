# make book · make test · make serve · make notebooks: each installs what it needs first.
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/ready

export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
# Two threads in each of two processes on two cores run up to ten times slower than one.
export OMP_NUM_THREADS ?= 1
export TQDM_DISABLE := 1
# What the pages train is kept here, not in the home folder, and gone with the build.
export XDG_CACHE_HOME := $(CURDIR)/_build/cache

BOOK := jupyter-book build book --config _config.yml --toc $(CURDIR)/_toc.yml --path-output . --all -W --keep-going

.PHONY: book test lint serve notebooks exempt clean

$(READY): pyproject.toml constraints.txt package.json package-lock.json
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.11")'
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	pip install --quiet --constraint constraints.txt --editable '.[dev]'
	npm ci --silent
	touch $@

book: $(READY)
	rm -rf _build/html
	$(BOOK)
