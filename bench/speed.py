"""`make bench`: all comparisons in one run, one table, and the stored result that the page 速さ shows."""

import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from chihaya.experiments import machine, store
from chihaya.poems import load_poems
from growing import processes, seconds_a_pair
from learning import lecture, race
from reciting import recite
from starting import first_answer, memory

SEEDS = range(100, 120)
"""Others than those on which the recipes were chosen."""
SIZES = (100, 1_000, 10_000, 100_000)


def run(seeds: int = len(SEEDS)) -> dict[str, Any]:
    """All measures, one after the other, in one thread; memory first, while this process is small."""
    torch.set_num_threads(1)
    poems = load_poems()
    return {
        "revision": revision(),
        "poems": len(poems),
        "memory": memory(),
        "first answer": first_answer(rounds=7),
        "learning": race(poems, SEEDS[:seeds]),
        "lecture": [lecture(poems, seed) for seed in SEEDS[: max(1, seeds // 10)]],
        "reciting": recite(poems, batches=30, rounds=3),
        "seconds a pair": seconds_a_pair(SIZES, steps=200, rounds=3),
        "processes": processes(pairs=1_000, steps=150, rounds=2),
    }


def revision() -> str:
    """The commit of this clone, with a + if files differ from it."""
    run = subprocess.run(
        ["git", "describe", "--always", "--abbrev=12", "--dirty=+", "--exclude=*"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
    )
    return run.stdout.strip() or "unknown"


def rows(result: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What each measure gave, in words."""
    for name, outcomes in result["learning"].items():
        seconds, steps, full, kimariji = zip(*outcomes, strict=True)
        failed = sum(count < result["poems"] for count in map(min, full, kimariji))
        yield (
            f"learning: {name}",
            f"median {statistics.median(seconds):.2f} CPU s and {statistics.median(steps):g} steps, "
            f"worst {max(seconds):.2f} and {max(steps)}, {failed} of {len(outcomes)} failed",
        )
    for found in result["lecture"]:
        epoch, first = found["seconds an epoch"], found["first epoch"]
        when = f"epoch {first}, {epoch * first:.1f} CPU s" if first else "never"
        yield "learning: the lecture's loop", f"{when}; from kimariji {found['kimariji']} poems"
    for name, kinds in result["reciting"].items():
        for kind, seconds in kinds.items():
            yield (
                f"reciting {kind}: {name}",
                f"median {1000 * statistics.median(seconds):.1f} CPU ms",
            )
    for name, most in result["memory"].items():
        yield f"memory: {name}", f"{most / 1e6:.0f} MB"
    for name, seconds in result["first answer"].items():
        yield f"first answer: {name}", f"median {statistics.median(seconds):.2f} s"
    for size, seconds in result["seconds a pair"].items():
        yield f"a pair of {int(size):,}", f"median {1e6 * statistics.median(seconds):.0f} CPU µs"
    for count, seconds in result["processes"].items():
        yield f"processes: {count}", f"median {statistics.median(seconds):.1f} s"


def main() -> None:
    """`speed.py [SEEDS]`: with few seeds it is sooner done."""
    result = run(*map(int, sys.argv[1:]))
    store("speed", result, Path(__file__), "make bench")
    print(f"\n{machine()}, revision {result['revision']}")
    for what, found in rows(result):
        print(f"{what:36}  {found}")


if __name__ == "__main__":
    main()
