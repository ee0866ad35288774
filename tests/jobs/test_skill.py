"""What balanced jobs cost and bring, against draws by lot; and balance across workplaces, against hand-made answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu import jobs


@pytest.mark.parametrize(("places", "people"), [(1, 1), (1, 5), (3, 7), (10, 40)])
def test_talent_is_the_mean_of_the_best_draws(places, people):
    # The k-th best of N uniform draws averages 1 - k/(N + 1); draws by lot must agree within four standard errors.
    draws = np.sort(np.random.default_rng(0).random((20_000, people)), axis=1)[:, -places:].mean(axis=1)
    assert abs(draws.mean() - jobs.talent(places, people)) < 4 * draws.std() / np.sqrt(len(draws))


def test_equal_turns_at_m_equal_tasks_cost_what_the_closed_form_says():
    # Everybody gives each of m tasks 1/m of the time, so every hour makes (1/m)^φ.
    place = jobs.Workplace(list("abcd"), [10] * 4, [[1], [2], [3], [4]], ["x", "y"], [20, 20])
    turns = jobs.rotation(place)
    assert jobs.output(turns, exponent=0.5) == pytest.approx(0.5)
    assert jobs.output(turns, exponent=0) == 1
    assert jobs.output(jobs.corporate(place), exponent=0.5) == pytest.approx(0.5**0.5), "two halves of a week each"


@settings(max_examples=50, deadline=None)
@given(places=st.integers(1, 20), more=st.integers(1, 30), rest=st.integers(0, 60), chance=st.floats(0.05, 1.0))
def test_the_sign_flips_exactly_at_the_break_even(places, more, rest, chance):
    doers = places + more
    people = doers + rest
    if int(round(chance * people, 9)) < places:
        return
    edge = jobs.break_even(places, people, chance=chance, doers=doers)
    rules = {"chance": chance, "doers": doers}
    if edge > 0:
        assert jobs.shared_out(places, people, exponent=edge, **rules) == pytest.approx(1)
        assert jobs.shared_out(places, people, exponent=edge / 2, **rules) > 1
    assert jobs.shared_out(places, people, exponent=max(edge, 0) + 0.1, **rules) < 1


def test_if_everybody_had_the_chance_before_sharing_out_never_makes_more():
    # The best m are already there: more doers can only be worse ones, with less practice.
    assert jobs.break_even(10, 100, chance=1, doers=20) < 0


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: jobs.talent(5, 3), ValueError, "5 places for 3"),
        (lambda: jobs.talent(0, 3), ValueError, "1 or more"),
        (lambda: jobs.talent(1.5, 3), TypeError, "whole number"),
        (lambda: jobs.practice([0.5, 1.2], exponent=0.1), ValueError, "you gave 1.2"),
        (lambda: jobs.practice("half", exponent=0.1), TypeError, "must be a number"),
        (lambda: jobs.practice(0.5, exponent=-1), ValueError, "0 or more"),
        (lambda: jobs.output("bakery", exponent=0), TypeError, "division of tasks"),
        (lambda: jobs.shared_out(10, 100, chance=0.05, doers=20, exponent=0), ValueError, "Too few had the chance"),
        (lambda: jobs.shared_out(10, 100, chance=1.5, doers=20, exponent=0), ValueError, "between 0 and 1"),
        (lambda: jobs.shared_out(10, 100, chance=1, doers=5, exponent=0), ValueError, "Too few share"),
        (lambda: jobs.break_even(10, 100, chance=1, doers=10), ValueError, "Nothing is shared out"),
        (lambda: jobs.across(["a", "a"], [1, 1], [[1], [2]]), ValueError, "'a' comes up 2 times"),
        (lambda: jobs.across(["a", "b"], [1, 0], [[1], [2]]), ValueError, "'b' has 0"),
        (lambda: jobs.across(["a", "b"], [1, 1], [1, 2]), ValueError, "wrong shape"),
    ],
)
def test_wrong_numbers_are_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()


@settings(max_examples=25, deadline=None)
@given(t=st.floats(1, 1e4), u=st.floats(1, 1e4), low=st.floats(0, 4), high=st.floats(5, 10))
def test_two_workplaces_exchange_the_product_over_the_sum_of_their_hours(t, u, low, high):
    # Share x of the first's time away: (1 - x) low + x high = (t low + u high)/(t + u) gives x = u/(t + u).
    found = jobs.across(["first", "second"], [t, u], [[low], [high]])
    np.testing.assert_allclose(found.away, [u / (t + u), t / (t + u)], rtol=1e-5)
    assert found.tolerance < 1e-5


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), places=st.integers(2, 8), d=st.integers(1, 2))
def test_after_the_exchange_everybody_is_at_the_mean_and_every_workplace_has_its_hours(seed, places, d):
    lot = np.random.default_rng(seed)
    hours, ratings = lot.uniform(10, 500, places), lot.integers(0, 11, (places, d))
    found = jobs.across([f"place {k}" for k in range(places)], hours, ratings)
    np.testing.assert_allclose(found.after, np.tile(hours @ ratings / hours.sum(), (places, 1)), atol=1e-6)
    np.testing.assert_allclose(found.hours.sum(axis=0), hours, rtol=1e-6)
    np.testing.assert_allclose(found.hours.sum(axis=1), hours, rtol=1e-6)
    # Going everywhere in proportion also balances; the exchange found asks for no more hours than that.
    assert found.away @ hours <= (hours * (1 - hours / hours.sum())).sum() * (1 + 1e-9)


def test_equal_workplaces_keep_their_people():
    assert jobs.across(["a", "b", "c"], [10, 20, 30], [[5], [5], [5]]).moves == ()
