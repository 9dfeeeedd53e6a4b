"""Whether the notebooks put out what is stored in them on other processors, too.

The libraries below PyTorch and NumPy choose by the processor how they compute, and can be told to
choose as on another one (x86-64; elsewhere most settings mean nothing and change nothing). Then
with two threads, again and again, for what threads do is not the same each time.

    python checks/processors.py [NOTEBOOK ...]
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
CORES = 2
"""Processes times threads: with more threads than cores everything waits for everything."""
RUNS = 5
NBVAL = ["pytest", "-q", "-rf", "--tb=no", "--nbval", "--dist", "loadfile", "--numprocesses"]


def settings() -> Iterator[dict[str, str | None]]:
    """What to set in the environment, or to take from it (None), before each run."""
    yield {}
    for core in (None, "Haswell", "SkylakeX", "Nehalem"):
        yield {"OPENBLAS_CORETYPE": core}
    for instructions in ("default", "avx2"):
        yield {"ATEN_CPU_CAPABILITY": instructions}
    # NumPy refuses the name of what it cannot do without, and warns of what is not there.
    found = numpy.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    for features in (found[1:], found):
        yield {"NPY_DISABLE_CPU_FEATURES": " ".join(features)}
    yield {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F"}
    yield {"ONEDNN_MAX_CPU_ISA": "SSE41"}
    yield {"MKL_CBWR": "COMPATIBLE"}
    for _ in range(RUNS):
        yield {"OMP_NUM_THREADS": "2"}


def environment(setting: dict[str, str | None]) -> dict[str, str]:
    """The environment of a run, with one thread but for the setting."""
    changed = {**os.environ, "OMP_NUM_THREADS": "1", **setting}
    return {name: value for name, value in changed.items() if value is not None}


def compare(setting: dict[str, str | None], notebooks: list[Path]) -> tuple[bool, list[str]]:
    """Whether all cells are as stored under a setting, and what pytest says of it in the end."""
    variables = environment(setting)
    processes = CORES // int(variables["OMP_NUM_THREADS"])
    command = [*NBVAL, str(processes), *map(str, notebooks)]
    run = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)
    lines = (run.stdout + run.stderr).splitlines()
    return run.returncode == 0, [line for line in lines if line.startswith("FAILED")] + lines[-1:]


def main(names: list[str]) -> int:
    """Run the notebooks with these names, or all, under each setting; 1 if any differs."""
    notebooks = [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if path.stem in names]
    differs = 0
    for setting in settings():
        words = [f"{name}={value}" if value else f"{name} unset" for name, value in setting.items()]
        same, (*failed, summary) = compare(setting, notebooks or [NOTEBOOKS])
        print(f"{' '.join(words) or 'as it is':56} {summary}", *failed, sep="\n    ", flush=True)
        differs |= not same
    return differs


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
