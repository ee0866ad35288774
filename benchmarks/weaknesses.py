"""Where does each price rule fail? `python benchmarks/weaknesses.py` tables it (some minutes).

Each cell says how many of the runs settled, and their mean rounds. At most 200 rounds are played; "settled" means
3 % for `published` and `proportional`, which tremble from there on, and .1 % for the others, unless noise is larger:
then it means 3 % for all.
"""

from collections.abc import Callable, Iterable

import numpy as np

from parecon_edu import economy, planning

TREMBLE = ("published", "proportional")
Run = tuple[planning.Responder, dict[str, object]]


def cell(rule: str, runs: Iterable[Run], *, noisy: bool = False) -> str:
    """Return how many runs settle by this rule, and in how many rounds on average."""
    threshold = 0.03 if noisy or rule in TREMBLE else 0.001
    plans = []
    for responder, settings in runs:
        if rule in ("accounts", "responsive") and not hasattr(responder, "accounts"):
            return "reads accounts"
        plans.append(planning.plan(responder, rule=rule, threshold=threshold, **settings))
    rounds = [plan.rounds for plan in plans if plan.converged]
    share = f"{len(rounds)}/{len(plans)}"
    return f"{share} in {np.mean(rounds):.1f}" if rounds else share


def full(count: int) -> list[economy.Economy]:
    return [economy.published(seed) for seed in range(count)]


def small(count: int) -> list[economy.Economy]:
    """Economies of 5, 10 and 15 goods with few workplaces."""
    return [
        economy.published(seed, goods=1 + seed % 3, per_industry=3 + 7 * seed % 28, consumers=20)
        for seed in range(count)
    ]


def lopsided(town: economy.Economy, seed: int, spread: float) -> economy.Economy:
    """Return the economy with tastes and input exponents multiplied by exp(spread N), B of each workplace kept."""
    rng = np.random.default_rng(seed)
    exponents = town.exponents * np.exp(spread * rng.standard_normal(town.exponents.shape))
    exponents *= (town.exponents.sum(axis=1) / exponents.sum(axis=1))[:, None]
    return economy.from_arrays(
        town.kinds, town.supply, town.product, town.scale, town.effort_exponent, town.effort_disutility,
        town.effort_weight, town.inputs, np.maximum(exponents, 1e-9) * (town.inputs >= 0),
        town.tastes * np.exp(spread * rng.standard_normal(town.tastes.shape)), town.income,
    )  # fmt: skip


def near_constant(town: economy.Economy, returns: float) -> economy.Economy:
    """Return the economy with B + c/k of every workplace brought up to `returns`."""
    room = returns - town.effort_exponent / town.effort_disutility
    exponents = town.exponents * (room / town.exponents.sum(axis=1))[:, None]
    return economy.from_arrays(
        town.kinds, town.supply, town.product, town.scale, town.effort_exponent, town.effort_disutility,
        town.effort_weight, town.inputs, exponents, town.tastes, town.income,
    )  # fmt: skip


def cases() -> Iterable[tuple[str, Callable[[], list[Run]], bool]]:
    """Yield what is tried: its name, its runs, whether totals are noisy."""
    yield "published economies", lambda: [(town, {}) for town in full(20)], False
    for start in (70.0, 7000.0):
        yield f"… from {start:g}", lambda start=start: [(town, {"start": start}) for town in full(20)], False
    yield "1,000 small economies", lambda: [(town, {}) for town in small(1000)], False
    for noise in (0.001, 0.005, 0.01, 0.02, 0.05):
        yield (
            f"noise {100 * noise:g} %",
            lambda noise=noise: [(town, {"noise": noise, "seed": seed}) for seed, town in enumerate(full(10))],
            True,
        )
    for sigma in (0.2, 0.5, 2.0, 4.0):
        yield f"CES tastes {sigma:g}", lambda s=sigma: [(planning.Ces(e, tastes=s), {}) for e in full(5)], False
    for sigma in (0.2, 0.5, 2.0, 4.0):
        yield f"CES technology {sigma:g}", lambda s=sigma: [(planning.Ces(e, technology=s), {}) for e in full(5)], False
    for sigma in (0.2, 4.0):
        yield f"CES both {sigma:g}, small", lambda s=sigma: [(planning.Ces(e, s, s), {}) for e in small(30)], False
    for spread in (1.0, 3.0):
        yield (
            f"lopsided shares ×e^±{spread:g}, small",
            lambda spread=spread: [(lopsided(town, seed, spread), {}) for seed, town in enumerate(small(30))],
            False,
        )
    for returns in (0.95, 0.99, 0.999):
        yield f"B + c/k = {returns:g}, small", lambda r=returns: [(near_constant(e, r), {}) for e in small(30)], False
    yield "Scarf", lambda: [(planning.Scarf(), {"start": [1, 1 + d, 1 - d]}) for d in (0.1, 0.2, 0.3, 0.5)], False


def main() -> None:
    print("| tried | " + " | ".join(f"`{rule}`" for rule in planning.RULES) + " |")
    print("| --- |" + " --- |" * len(planning.RULES))
    for name, runs, noisy in cases():
        tried = runs()
        print(f"| {name} | " + " | ".join(cell(rule, tried, noisy=noisy) for rule in planning.RULES) + " |", flush=True)


if __name__ == "__main__":
    main()
