"""Time planning beside `demplan`, and the institutions: `python benchmarks/run.py [--all | --institutions]`.

Absolute times belong to the machine; the ratios, taken in turns in the same run, travel better. With --all the rules'
weaknesses are tabled too (see weaknesses.py). With --institutions only these are timed, in a few seconds.
"""

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from oracle import demplan_economy

from parecon_edu import economy, institutions, planning

SMALL = {"goods": 10, "per_industry": 1000, "consumers": 3000}
LARGE = {"goods": 100, "per_industry": 10_000, "consumers": 30_000}

ALLOCATE_LIMIT = 0.030  # seconds: a panel that moves while a slider is dragged has little more
SWINGS_LIMIT = 3.0  # seconds, with a progress bar


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


def processor_seconds(work: Callable[[], object], *, times: int) -> float:
    """Return the median processor time of `times` runs: what else the machine does counts for little."""
    taken = []
    for _ in range(times):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return statistics.median(taken)


def by_institution(*, times: int) -> None:
    """Print the processor time of `allocate` on Riverside and of `swings`, beside what they may take.

    "fresh" is a town that nobody has asked about yet: its best plan, and its surprise, are worked out first.
    """
    town = economy.scenario("riverside")
    print(f"Riverside, processor time; allocate may take {1e3 * ALLOCATE_LIMIT:.0f} ms, swings {SWINGS_LIMIT:.0f} s:")
    for name in ("market", "central", "participatory"):
        allocate = getattr(institutions, name).allocate
        for case in ("best", "typical"):
            allocate(town, case=case)  # imports and first calls
            warm = processor_seconds(partial(allocate, town, case=case), times=times)
            # A copy of the economy too: what has been worked out is remembered by the object it is about.
            fresh = statistics.median(
                processor_seconds(partial(allocate, new, case=case), times=1)
                for new in [replace(town, economy=replace(town.economy)) for _ in range(times)]
            )
            words = f"  {name:<13} {case:<8}{1e3 * warm:8.1f} ms   fresh {1e3 * fresh:6.1f} ms"
            print(f"{words}   {verdict(warm, ALLOCATE_LIMIT)}")
    taken = processor_seconds(partial(institutions.swings, town), times=1)
    print(f"  swings                {taken:8.2f} s                     {verdict(taken, SWINGS_LIMIT)}")


def verdict(taken: float, limit: float) -> str:
    """Return in words whether it was fast enough."""
    return "within its limit" if taken <= limit else f"TOO SLOW: {taken / limit:.1f} times its limit"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="also table where each rule fails (minutes)")
    parser.add_argument("--institutions", action="store_true", help="time only the institutions")
    chosen = parser.parse_args()
    if chosen.institutions:
        by_institution(times=9)
        return
    planning.plan(economy.published(99))  # imports and first calls
    beside_demplan(SMALL, times=9)
    by_rule(SMALL, times=5)
    beside_demplan(LARGE, times=3)
    by_rule(LARGE, times=3)
    linear(times=5)
    by_institution(times=9)
    print(f"Most memory used: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB (demplan included)")
    if chosen.all:
        import weaknesses

        weaknesses.main()


if __name__ == "__main__":
    main()
