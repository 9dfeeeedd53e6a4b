"""Whether the notebooks put out what is stored in them on other processors, too.

The libraries below PyTorch and NumPy choose by the processor how they compute, and can be told to
choose as on an older one (x86-64; elsewhere most settings mean nothing and change nothing): each
run sets all of them as one such processor would. Then with two threads, again and again, for what
threads do is not the same each time.

    python checks/processors.py [NOTEBOOK ...]
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy

ROOT = Path(__file__).parents[1]
CORES = 2
"""Processes times threads: with more threads than cores everything waits for everything."""
NBVAL = ["pytest", "-q", "-rf", "--tb=no", "--nbval", "--dist", "loadfile", "--numprocesses"]

FOUND = numpy.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
"""What NumPy found beyond what it cannot do without; it warns of a name that is not there."""

MACHINES = {
    "this processor": {},
    "of 2013, AVX2": {
        "OPENBLAS_CORETYPE": "Haswell",
        "ATEN_CPU_CAPABILITY": "avx2",
        "NPY_DISABLE_CPU_FEATURES": " ".join(name for name in FOUND if name != "X86_V3"),
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX512F",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "MKL_CBWR": "AVX2",
    },
    "of 2008, SSE 4": {
        "OPENBLAS_CORETYPE": "Nehalem",
        "ATEN_CPU_CAPABILITY": "default",
        "NPY_DISABLE_CPU_FEATURES": " ".join(FOUND),
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F",
        "ONEDNN_MAX_CPU_ISA": "SSE41",
        "MKL_CBWR": "COMPATIBLE",
    },
    **{f"two threads, run {run}": {"OMP_NUM_THREADS": "2"} for run in (1, 2, 3)},
}
"""What to set in the environment, by the processor that is so imitated."""


def compare(settings: dict[str, str], notebooks: list[Path]) -> tuple[bool, list[str]]:
    """Whether all cells are as stored under settings, and what pytest says of it in the end."""
    variables = {**os.environ, "OMP_NUM_THREADS": "1", **settings}
    processes = CORES // int(variables["OMP_NUM_THREADS"])
    command = [*NBVAL, str(processes), *map(str, notebooks)]
    run = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)
    lines = (run.stdout + run.stderr).splitlines()
    return run.returncode == 0, [line for line in lines if line.startswith("FAILED")] + lines[-1:]


def main(names: list[str]) -> int:
    """Run the notebooks with these names, or all, as on each machine; 1 if any differs."""
    there = {path.stem: path for path in sorted(ROOT.glob("notebooks/*.ipynb"))}
    if unknown := [name for name in names if name not in there]:
        sys.exit(f"no notebook {', '.join(unknown)}; there are {', '.join(there)}")
    notebooks = [there[name] for name in names or there]
    differs = 0
    for machine, settings in MACHINES.items():
        same, (*failed, summary) = compare(settings, notebooks)
        print(f"{machine:24} {summary}", *failed, sep="\n    ", flush=True)
        differs |= not same
    return differs


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
