"""Compute anew the stored experiments that are stale, those that are named, or all."""

import sys
import time

from chihaya import experiments


def main() -> None:
    """Name each, and how long it took."""
    named = [] if sys.argv[1:] == ["all"] else sys.argv[1:]
    for name in named or experiments.names():
        if not sys.argv[1:] and is_fresh(name):
            print(f"{name}: fresh")
            continue
        start = time.process_time()
        experiments.renew(name)
        print(f"{name}: renewed in {time.process_time() - start:.0f} CPU seconds", flush=True)


def is_fresh(name: str) -> bool:
    """Whether its result stands there, and what it rests on does what it did then."""
    try:
        experiments.stored(name)
    except (FileNotFoundError, experiments.StaleError):
        return False
    return True


if __name__ == "__main__":
    main()
