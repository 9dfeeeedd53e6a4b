"""Whether the notebooks give their stored outputs run after run, with one thread and with two."""

import os
import subprocess
import sys

RUNS = 5
THREADS = (1, 2)
CORES = 2
"""Processes times threads: with more threads than cores everything waits for everything."""
NBVAL = ["pytest", "-q", "--nbval", "notebooks", "--dist", "loadfile", "--numprocesses"]


def main() -> None:
    """Run nbval, which compares strictly, again and again; every run is run even if one fails."""
    failed = 0
    for threads in THREADS:
        for run in range(1, RUNS + 1):
            print(f"threads {threads}, run {run} of {RUNS}", flush=True)
            environment = os.environ | {"OMP_NUM_THREADS": str(threads)}
            command = [*NBVAL, str(CORES // threads)]
            failed += subprocess.run(command, env=environment, check=False).returncode != 0
    print(f"{failed} of {len(THREADS) * RUNS} runs failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
