"""Economies drawn at random as in the published simulations, and how they change from year to year."""

from dataclasses import replace

import numpy as np

from parecon_edu.economy.model import MADE, WANTED, Economy, known
from parecon_edu.validation import arrays as checks
from parecon_edu.validation.arrays import Floats, Indices

INTERMEDIATE_INPUTS = (1, 4)  # fewest and most inputs of a kind that a workplace uses
NATURE_INPUTS = (1, 2)
LABOUR_INPUTS = (1, 2)
EXPONENT_STEPS = (0.0, 0.001, 0.002, 0.003, 0.004)
TASTE_STEPS = (-0.002, -0.001, 0.0, 0.001, 0.002)


def published(
    seed: int, *, goods: int = 10, per_industry: int = 1000, consumers: int = 3000, supply: float = 1000.0
) -> Economy:
    """Return an economy drawn as in the published simulations (Hahnel 2021, ch. 9).

    Parameters
    ----------
    seed
        The same seed gives the same economy.
    goods
        Goods of each of the five kinds.
    per_industry
        Worker councils that make private goods; as many make intermediate goods, and as many public goods.
        They are dealt out evenly over the goods.
    consumers
        Consumer councils, each with an income of 5000.
    supply
        What there is of each kind of nature and labour.

    Raises
    ------
    ValueError
        If there are fewer councils in an industry than goods to make.

    Examples
    --------
    >>> economy = published(1, goods=2, per_industry=20, consumers=30)
    >>> economy.kinds.size, economy.product.size, economy.income.size
    (10, 60, 30)
    """
    goods = checks.whole_number("goods", goods, low=1)
    per_industry = checks.whole_number("per_industry", per_industry, low=goods)
    consumers = checks.whole_number("consumers", consumers, low=1)
    supply = checks.one_number("supply", supply, low=0.0, open_low=True)
    rng = np.random.default_rng(checks.whole_number("seed", seed, low=0))
    kinds = np.repeat(("private", "intermediate", "nature", "labour", "public"), goods)
    product = np.concatenate([np.flatnonzero(kinds == k)[np.arange(per_industry) % goods] for k in MADE])
    inputs = np.hstack(
        [
            _choose(rng, np.flatnonzero(kinds == kind), workplaces=product.size, between=between)
            for kind, between in (
                ("intermediate", INTERMEDIATE_INPUTS),
                ("nature", NATURE_INPUTS),
                ("labour", LABOUR_INPUTS),
            )
        ]
    )
    number = np.count_nonzero(inputs >= 0, axis=1)[:, None]
    tastes = np.zeros((consumers, kinds.size))
    low = 0.5 / (2 * goods)
    for kind in WANTED:
        tastes[:, kinds == kind] = rng.uniform(low, 2 * low, (consumers, goods))
    tastes.flags.writeable = False
    return Economy(
        kinds=kinds,
        supply=np.where(np.isin(kinds, MADE), 0.0, supply),
        product=product,
        scale=rng.uniform(4, 6, product.size),
        effort_exponent=rng.uniform(0.05, 0.1, product.size),
        effort_disutility=rng.uniform(3, 4, product.size),
        effort_weight=np.ones(product.size),
        inputs=inputs,
        exponents=np.where(inputs >= 0, rng.uniform(0.75, 0.85, inputs.shape) / number, 0.0),
        tastes=tastes,
        income=np.full(consumers, 5000.0),
    )


def _choose(rng: np.random.Generator, goods: Indices, *, workplaces: int, between: tuple[int, int]) -> Indices:
    """Draw for each workplace between so and so many different `goods` (J, most); -1 at empty places.

    Every set is equally likely, but for one thing: a good that nobody drew is handed to somebody, because an
    economy with a free good is refused. In large economies that never happens.
    """
    fewest, most = (min(n, goods.size) for n in between)
    order = rng.random((workplaces, goods.size))
    number = rng.integers(fewest, most + 1, workplaces)
    for _ in range(1000):
        chosen = np.argpartition(order, most - 1, axis=1)[:, :most] if most < goods.size else np.argsort(order, axis=1)
        chosen = np.where(np.arange(most) < number[:, None], chosen, -1)
        missing = np.setdiff1d(np.arange(goods.size), chosen)
        if not missing.size:
            break
        order[rng.integers(workplaces), missing[0]] = -rng.random()
    return np.where(chosen >= 0, goods[chosen], -1)


def next_year(economy: Economy, *, seed: int) -> Economy:
    """Return the same economy a year on: technology and tastes have moved a little.

    To every exponent b one of 0, .001, .002, .003, .004 is added, to every taste one of -.002, -.001, 0, .001,
    .002, all equally likely (Hahnel 2021, ch. 9). What is not used stays unused.

    Parameters
    ----------
    economy
        This year's.
    seed
        The same seed gives the same next year.

    Raises
    ------
    TypeError
        If this is no economy, or the seed is not a whole number.
    ValueError
        If a workplace comes to B + c/k >= 1, or a taste would fall below 0.

    Examples
    --------
    >>> before = published(1, goods=2, per_industry=20, consumers=30)
    >>> after = next_year(before, seed=1)
    >>> round(float((after.exponents - before.exponents).max()), 6)
    0.004
    """
    known(economy)
    rng = np.random.default_rng(checks.whole_number("seed", seed, low=0))
    exponents = economy.exponents + _steps(rng, EXPONENT_STEPS, economy.inputs >= 0)
    tastes = economy.tastes + _steps(rng, TASTE_STEPS, economy.tastes > 0)
    return replace(economy, exponents=_read_only(exponents), tastes=_read_only(tastes))


def _steps(rng: np.random.Generator, steps: tuple[float, ...], where: np.ndarray) -> Floats:
    out = np.zeros(where.shape)
    out[where] = np.asarray(steps)[rng.integers(len(steps), size=np.count_nonzero(where))]
    return out


def _read_only(array: Floats) -> Floats:
    array.flags.writeable = False
    return array
