"""Time planning beside `demplan`, in one run: `python benchmarks/run.py [--all]`.

Absolute times belong to the machine; the ratios, taken in turns in the same run, travel better. With --all the rules'
weaknesses are tabled too (see weaknesses.py).
"""

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from oracle import demplan_economy

from parecon_edu import economy, planning

SMALL = {"goods": 10, "per_industry": 1000, "consumers": 3000}
LARGE = {"goods": 100, "per_industry": 10_000, "consumers": 30_000}


def seconds(work: Callable[[], object], *, times: int) -> float:
    """Return the median time of `times` runs."""
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        taken.append(time.perf_counter() - before)
    return statistics.median(taken)


def beside_demplan(size: dict[str, int], *, times: int) -> None:
    """Print how long a plan to 3 % by `published` takes, here and in demplan, in turns."""
    try:
        import demplan
        from demplan.prefabs import HahnelBook2021
    except ImportError:
        demplan = None
    ours, fresh, theirs = [], [], []
    for seed in range(times):
        town = economy.published(seed, **size)
        fresh.append(seconds(partial(planning.plan, town), times=1))
        ours.append(seconds(partial(planning.plan, town), times=3))
        if demplan:
            same = demplan_economy(town)
            theirs.append(seconds(partial(demplan.run, HahnelBook2021(3.0), same, 0, differences=False), times=1))
    rounds = planning.plan(town).rounds
    print(f"{size['consumers']:,} + {3 * size['per_industry']:,} councils, {5 * size['goods']} goods, to 3 %")
    print(f"  here, fresh economy  {1e3 * statistics.median(fresh):8.2f} ms")
    print(f"  here, warm           {1e3 * statistics.median(ours):8.2f} ms   ({rounds} rounds in the last one)")
    if demplan:
        print(f"  demplan              {1e3 * statistics.median(theirs):8.2f} ms")
        ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
        print(f"  here / demplan       {statistics.median(ratios):8.2f}      warm, median of {times} economies")
        ratios = [mine / other for mine, other in zip(fresh, theirs, strict=True)]
        print(f"  here / demplan       {statistics.median(ratios):8.2f}      fresh")


def by_rule(size: dict[str, int], *, times: int) -> None:
    """Print the time of a plan to 3 % and of one round, by rule."""
    town = economy.published(0, **size)
    for name in planning.RULES:
        rounds = planning.plan(town, rule=name).rounds
        taken = seconds(partial(planning.plan, town, rule=name), times=times)
        print(f"  {name:<13}{rounds:4} rounds {1e3 * taken:9.2f} ms {1e3 * taken / rounds:8.2f} ms a round")


def linear(*, times: int) -> None:
    """Print the cost of a round per council, from 3,000 to 60,000 councils."""
    print("Cost of a round as councils grow (50 goods):")
    first = None
    for councils in (3_000, 6_000, 15_000, 30_000, 60_000):
        town = economy.published(0, per_industry=councils // 6, consumers=councils // 2)
        planning.plan(town, max_rounds=1)
        each = seconds(partial(planning.plan, town, max_rounds=20, threshold=1e-9), times=times) / 20 / councils
        first = first or each
        print(f"  {councils:6,} councils {1e9 * each:8.1f} ns a council ({each / first:.2f} of the first)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="also table where each rule fails (minutes)")
    chosen = parser.parse_args()
    planning.plan(economy.published(99))  # imports and first calls
    beside_demplan(SMALL, times=9)
    by_rule(SMALL, times=5)
    beside_demplan(LARGE, times=3)
    by_rule(LARGE, times=3)
    linear(times=5)
    print(f"Most memory used: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB (demplan included)")
    if chosen.all:
        import weaknesses

        weaknesses.main()


if __name__ == "__main__":
    main()
