"""Yard-sale wealth: what fair coins must and must not do."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.remuneration import gini, yard_sale

starts = st.lists(st.floats(0, 1e4), min_size=2, max_size=12)
seeds = st.integers(0, 2**32)


@given(starts, st.floats(0, 1), st.floats(0, 1), seeds)
def test_wealth_moves_but_is_never_made_or_lost_and_nobody_falls_below_nothing(start, fraction, redistribution, seed):
    history = yard_sale(start, fraction=fraction, rounds=50, redistribution=redistribution, seed=seed)
    assert history.shape == (51, len(start))
    assert (history[0] == start).all()
    assert history.sum(axis=1) == pytest.approx(np.full(51, sum(start)), rel=1e-9, abs=1e-9)
    assert (history >= 0).all()


@given(st.lists(st.floats(1, 1e4), min_size=2, max_size=12), st.floats(0.01, 0.5), seeds)
def test_each_round_one_pair_stakes_a_fraction_of_what_the_poorer_one_has(start, fraction, seed):
    history = yard_sale(start, fraction=fraction, rounds=5, seed=seed)
    for before, after in pairwise(history):
        moved = np.flatnonzero(before != after)
        assert moved.size == 2
        # Differences of numbers up to 12e4 are known to about 1e-11.
        assert np.abs(after - before)[moved] == pytest.approx(np.full(2, fraction * before[moved].min()), abs=1e-9)


def test_the_coin_is_fair_and_every_pair_meets_as_often():
    # A stake of a millionth changes wealth too little to matter, so every round is a fresh draw of pair and coin.
    n, rounds = 5, 20_000
    steps = np.diff(yard_sale(np.ones(n), fraction=1e-6, rounds=rounds, seed=1), axis=0)
    winners, losers = steps.argmax(axis=1), steps.argmin(axis=1)
    met = np.zeros((n, n))
    np.add.at(met, (winners, losers), 1)
    # Each of the n(n-1) ordered pairs has probability 1/20: mean 1000, standard deviation 30.8; 5 of them.
    expected = rounds / (n * (n - 1))
    spread = np.sqrt(expected * (1 - 1 / (n * (n - 1))))
    off = ~np.eye(n, dtype=bool)
    assert np.abs(met[off] - expected).max() < 5 * spread
    assert met.trace() == 0


def test_nobodys_expected_wealth_changes_yet_the_gini_climbs():
    # Expectation 0 for everybody, rich or poor: mean over independent histories within 5 standard errors of the start.
    start = np.array([1.0, 2.0, 4.0, 8.0])
    ends = np.array([yard_sale(start, fraction=0.25, rounds=12, seed=seed)[-1] for seed in range(2000)])
    error = ends.std(axis=0, ddof=1) / np.sqrt(len(ends))
    assert (np.abs(ends.mean(axis=0) - start) < 5 * error).all()
    ginis = np.array([gini(end) for end in ends])
    assert ginis.mean() - 5 * ginis.std(ddof=1) / np.sqrt(len(ginis)) > gini(start)


def test_without_redistribution_one_person_ends_with_nearly_all():
    # One of n with everything is a Gini of 1 - 1/n.
    n = 10
    history = yard_sale(np.ones(n), fraction=0.5, rounds=30_000, seed=4)
    assert gini(history[-1]) == pytest.approx(1 - 1 / n, abs=1e-3)


@pytest.mark.parametrize("chi", [0.02, 0.1, 0.5])
def test_a_small_redistribution_stops_it(chi):
    # Start with 1 each, so the mean stays 1. A meeting adds 2 f^2 min^2 to the sum of squares on average; the mean of
    # min^2 over pairs is at most that of w_i w_j, which is at most 1. Then the variance shrinks by g = (1 - chi/n)^2.
    # So it never exceeds g 2f^2/n / (1 - g) on average, and a Gini is at most the coefficient of variation over the
    # square root of 3.
    n, f = 10, 0.1
    g = (1 - chi / n) ** 2
    limit = np.sqrt(g * 2 * f**2 / n / (1 - g) / 3)
    history = yard_sale(np.ones(n), fraction=f, rounds=20_000, redistribution=chi, seed=4)
    late = np.mean([gini(row) for row in history[10_000::100]])
    assert late < limit
    # And without it there is no such limit.
    assert gini(yard_sale(np.ones(n), fraction=f, rounds=20_000, seed=4)[-1]) > limit


@given(starts, seeds)
def test_redistribution_alone_halves_the_distance_to_the_mean_at_its_rate(start, seed):
    # Nothing at stake: after t rounds the distance to the mean is (1 - chi/n)^t of what it was.
    chi, n, rounds = 0.5, len(start), 20
    history = yard_sale(start, fraction=0, rounds=rounds, redistribution=chi, seed=seed)
    mean = np.mean(start)
    assert history[-1] - mean == pytest.approx((np.array(start) - mean) * (1 - chi / n) ** rounds, abs=1e-8)


def test_full_redistribution_makes_all_equal_after_every_round():
    history = yard_sale([1, 2, 6], fraction=0.3, rounds=3, redistribution=3, seed=1)
    assert history[1:] == pytest.approx(np.full((3, 3), 3.0))


@settings(max_examples=10)
@given(seeds)
def test_the_same_seed_gives_the_same_history(seed):
    first, second = (
        yard_sale(np.arange(1, 8), fraction=0.2, rounds=20, redistribution=0.1, seed=seed) for _ in range(2)
    )
    assert (first == second).all()


def test_other_seeds_give_other_histories():
    ends = {tuple(yard_sale(np.ones(6), fraction=0.2, rounds=30, seed=seed)[-1]) for seed in range(20)}
    assert len(ends) == 20


def test_no_rounds_leave_the_start():
    assert yard_sale([3, 1], fraction=0.5, rounds=0, seed=1).tolist() == [[3, 1]]
