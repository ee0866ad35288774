"""Random economies, in the valid range and out of it: each settles, or is said not to, or is refused by name."""

import numpy as np
import pytest

from parecon_edu import economy, planning


def random_economy(seed):
    """Draw an economy with 3 to 12 goods; a third have something wrong with them, a third are close to the edge."""
    rng = np.random.default_rng(seed)
    kinds = np.concatenate((["private", "labour"], rng.choice(economy.KINDS, rng.integers(1, 11))))
    made = np.isin(kinds, ("private", "intermediate", "public"))
    usable = np.flatnonzero(kinds != "public")
    product = np.concatenate((np.flatnonzero(made), rng.choice(np.flatnonzero(made), rng.integers(0, 15))))
    most = min(len(usable), int(rng.integers(1, 6)))
    inputs = np.array([rng.permutation(usable)[:most] for _ in product])
    inputs = np.where(rng.random(inputs.shape) < 0.2, -1, inputs)
    for g in np.flatnonzero(~np.isin(kinds, ("private", "public"))):  # most economies have a user for every good
        if g not in inputs and rng.random() < 0.97:
            free = np.argwhere(inputs < 0)
            place = tuple(rng.choice(free)) if len(free) else (0, int(rng.integers(most)))
            inputs[place] = g
    c, k = rng.uniform(0.01, 0.9, product.size), rng.uniform(0.5, 6, product.size)
    room = np.maximum(0.02, 1 - c / k)
    top = rng.choice([0.9, 1 - 1e-3, 1 - 1e-9, 1.05], p=[0.55, 0.2, 0.1, 0.15])
    shares = rng.dirichlet(np.full(most, rng.choice([0.05, 1.0])), product.size) + 1e-12
    arrays = dict(
        kinds=kinds,
        supply=np.where(made, 0.0, 10 ** rng.uniform(-3, 6, kinds.size)),
        product=product,
        scale=10 ** rng.uniform(-2, 3, product.size),
        effort_exponent=c,
        effort_disutility=k,
        effort_weight=10 ** rng.uniform(-3, 3, product.size),
        inputs=inputs,
        exponents=shares * (room * rng.uniform(0.3, 1, product.size) * top)[:, None],
        tastes=rng.dirichlet(np.ones(kinds.size), int(rng.integers(1, 8))) * np.isin(kinds, ("private", "public")),
        income=10 ** rng.uniform(0, 6, 1) * np.ones(1),
        start=10 ** (rng.uniform(-3, 6, kinds.size) if rng.random() < 0.3 else rng.uniform(1, 3, kinds.size)),
    )
    arrays["income"] = np.full(len(arrays["tastes"]), arrays["income"][0]) * rng.uniform(0, 1, len(arrays["tastes"]))
    if rng.random() < 0.25:
        name = rng.choice([n for n in arrays if n not in ("kinds", "product", "inputs")])
        spoilt = np.array(arrays[name], dtype=float)
        spoilt.flat[rng.integers(spoilt.size)] = rng.choice([np.nan, np.inf, -np.inf, -1.0, 0.0, 1e300])
        arrays[name] = spoilt
    return arrays


def built(arrays):
    """Return the economy and no words, or no economy and the words with which it is refused."""
    try:
        return economy.from_arrays(**arrays), ""
    except (ValueError, TypeError) as refusal:
        return None, str(refusal)


def fate(seed, rules=tuple(planning.RULES)):
    """Return what becomes of the economy drawn with this seed, by rule; fail on anything that is not said."""
    town, refusal = built(random_economy(seed))
    if refusal:
        assert len(refusal) > 20
        assert refusal.endswith(".")
        return ["refused"]
    fates = []
    for rule in rules:
        plan = planning.plan(town, rule=rule, max_rounds=40)
        for record in (plan.price_history, plan.supply, plan.demand, plan.worst):
            assert np.isfinite(record).all()
            assert (record >= 0).all()
        assert (plan.price_history > 0).all()
        assert plan.rounds <= 40
        assert plan.converged == (plan.worst[-1] < 0.03)
        assert not (plan.converged and plan.diverging)
        said = plan.sentence.split(" ")[0].rstrip(":")
        assert said == ("After" if plan.converged else "Diverging" if plan.diverging else "Not")
        fates.append("settled" if plan.converged else "not settled")
    return fates


def test_a_hundred_economies_settle_or_say_why_not():
    rules = list(planning.RULES)
    two = [(rules[seed % 5], rules[(seed + 2) % 5]) for seed in range(100)]
    fates = [found for seed in range(100) for found in fate(seed, two[seed])]
    assert {"refused", "settled", "not settled"} == set(fates)  # the sweep reaches all three


@pytest.mark.sweep
def test_ten_thousand_economies_settle_or_say_why_not():
    for seed in range(100, 10_100):
        fate(seed)
