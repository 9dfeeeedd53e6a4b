"""Check whether training meets its criterion whatever the seed, with one thread and with two; its median."""

import statistics
import sys
import time

import chihaya
import torch

SEEDS = range(100, 120)
"""Others than those on which the recipe was chosen, 0 to 4."""
THREADS = (1, 2)


def main() -> None:
    """Train on each seed with each number of threads; a warning says that it was not enough."""
    poems = chihaya.load_poems()
    missed = 0
    print("threads  seed  steps  seconds  whole verse  kimariji")
    for threads in THREADS:
        torch.set_num_threads(threads)
        steps = []
        for seed in SEEDS:
            start = time.perf_counter()
            last = chihaya.train(poems, seed=seed).history[-1]
            seconds = time.perf_counter() - start
            print(
                f"{threads:7}  {seed:4}  {last.step:5}  {seconds:7.1f}  {last.full:11}  {last.kimariji:8}",
                flush=True,
            )
            steps.append(last.step)
            missed += last.full < len(poems) or last.kimariji < len(poems)
        print(f"median {statistics.median(steps)}, most {max(steps)} steps")
    sys.exit(missed > 0)


if __name__ == "__main__":
    main()
