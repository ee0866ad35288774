"""Laws of scoring and weighing: what may turn an order, and what must not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu import values
from parecon_edu.values import (
    PEOPLE,
    SOCIETIES,
    VALUES,
    WAYS,
    Indicator,
    Societies,
    first_shares,
    leading_weights,
    order,
    shares,
    totals,
)

weights_of_six = st.lists(st.integers(0, 100), min_size=6, max_size=6).filter(any)
score = st.floats(0.01, 1)
few = settings(max_examples=60, deadline=None)
SECOND = {value: SOCIETIES.measures(value)[1].name for value in VALUES}


def made_of(scores):
    """Societies whose scores are these: one indicator a value, with a scale from 0 to 1."""
    indicators = tuple(Indicator(value, value, value, "", 0, 1) for value in VALUES)
    names = tuple(f"no. {i}" for i in range(len(scores)))
    return Societies(names, names, indicators, np.array(scores))


several = st.lists(st.lists(score, min_size=6, max_size=6), min_size=2, max_size=6)


@given(weights_of_six, st.floats(0.001, 1000))
@few
def test_only_the_shares_of_weights_count(weights, factor):
    np.testing.assert_allclose(shares(np.array(weights) * factor), shares(weights))
    assert shares(weights).sum() == pytest.approx(1)


@given(weights_of_six, st.floats(0.001, 1000), st.floats(-100, 100))
@few
def test_another_unit_of_an_indicator_changes_no_score(weights, factor, zero):
    # Tonnes or kilograms, degrees from another zero: figures and the ends of the scale change together.
    column = next(i for i, one in enumerate(SOCIETIES.indicators) if one.name == "smoke")
    old = SOCIETIES.indicators[column]
    new = replace(old, worst=factor * old.worst + zero, best=factor * old.best + zero)
    figures = SOCIETIES.figures.copy()
    figures[:, column] = factor * figures[:, column] + zero
    indicators = (*SOCIETIES.indicators[:column], new, *SOCIETIES.indicators[column + 1 :])
    other = replace(SOCIETIES, indicators=indicators, figures=figures)
    np.testing.assert_allclose(totals(other, weights), totals(SOCIETIES, weights), atol=1e-7)


def test_the_ends_of_a_scale_are_weights_in_disguise():
    # A scale half as long doubles every difference: the same as twice the weight before weights are made shares.
    scores = np.array([[0.6, 0.5, 0.5, 0.5, 0.5, 0.5], [0.9, 0.5, 0.5, 0.5, 0.5, 0.5]])
    base = made_of(scores)
    short = replace(base, indicators=(replace(base.indicators[0], worst=0.5), *base.indicators[1:]))
    gap = np.diff(totals(base, [1] * 6))
    np.testing.assert_allclose(np.diff(totals(short, [1] * 6)), 2 * gap)


@given(several, weights_of_six)
@few
def test_with_all_weight_on_one_value_every_way_gives_its_score(scores, weights):
    societies = made_of(scores)
    value = VALUES[int(np.argmax(weights))]
    for how in WAYS:
        np.testing.assert_allclose(totals(societies, {value: 5}, how=how), np.array(scores)[:, VALUES.index(value)])


@given(several, weights_of_six)
@few
def test_weakest_never_exceeds_product_and_product_never_exceeds_sum(scores, weights):
    # The inequality of the arithmetic and the geometric mean.
    low, middle, high = (totals(made_of(scores), weights, how=how) for how in ("weakest", "product", "sum"))
    assert (low <= middle + 1e-9).all()
    assert (middle <= high + 1e-9).all()


@given(several, weights_of_six, st.integers(0, 5))
@few
def test_a_better_score_never_lowers_a_total(scores, weights, column):
    better = [list(row) for row in scores]
    better[0][column] = min(1, better[0][column] + 0.2)
    for how in WAYS:
        assert totals(made_of(better), weights, how=how)[0] >= totals(made_of(scores), weights, how=how)[0] - 1e-12


@given(several, weights_of_six)
@few
def test_what_is_worse_in_everything_is_never_first_whatever_the_weights(scores, weights):
    worse = [0.9 * s for s in scores[0]]
    societies = made_of([*scores, worse])
    for how in WAYS:
        assert order(societies, weights, how=how)[0] != societies.names[-1]
        assert first_shares(societies, how=how, draws=200)[-1] == 0
    assert leading_weights(societies, societies.names[-1]) is None


@given(several, st.permutations(range(6)))
@few
def test_the_order_of_the_values_does_not_matter(scores, way):
    base, moved = np.array(scores), np.array(scores)[:, list(way)]
    weights = np.arange(1.0, 7.0)
    np.testing.assert_allclose(totals(made_of(base), weights), totals(made_of(moved), weights[list(way)]))


@given(several, weights_of_six)
@few
def test_another_society_leaves_the_order_of_the_others_as_it_was(scores, weights):
    # Scores lie between fixed ends, so nobody's depends on who else is there (unlike a scale from worst to best seen).
    fewer, more = made_of(scores[:-1]), made_of(scores)
    assert order(fewer, weights) == tuple(name for name in order(more, weights) if name in fewer.names)


@given(several)
@few
def test_the_best_weights_are_found_if_any_put_a_society_first(scores):
    societies = made_of(scores)
    drawn = np.random.default_rng(3).dirichlet(np.ones(6), 200)
    firsts = {order(societies, weights)[0] for weights in drawn}
    for name in societies.names:
        found = leading_weights(societies, name)
        if found is not None:
            assert order(societies, found)[0] == name
            assert sum(found.values()) == pytest.approx(1), "shares of one weight"
            rivals = np.delete(totals(societies, found), societies.names.index(name))
            lead = totals(societies, found)[societies.names.index(name)] - rivals.max()
            for weights in drawn:  # no other weights give a larger lead
                made = totals(societies, weights)
                own = made[societies.names.index(name)]
                assert own - np.delete(made, societies.names.index(name)).max() <= lead + 1e-6
        elif name in firsts:  # then only by less than what counts as a tie
            made = np.array([totals(societies, weights) for weights in drawn])
            own = made[:, societies.names.index(name)]
            assert (own - np.delete(made, societies.names.index(name), axis=1).max(axis=1)).max() < 1e-6


def test_shares_of_all_weightings_in_a_case_with_a_closed_form():
    # One is ahead in one value, the other in another, by the same; the rest is alike: half of all weights each.
    # With a lead of 2 against 1, w1 * 2 > w2 * 1 in two thirds: w1 / (w1 + w2) is uniform, and 1/3 is the edge.
    even = made_of([[0.6, 0.5, 0.5, 0.5, 0.5, 0.5], [0.5, 0.6, 0.5, 0.5, 0.5, 0.5]])
    np.testing.assert_allclose(first_shares(even), [0.5, 0.5], atol=0.02)
    double = made_of([[0.7, 0.5, 0.5, 0.5, 0.5, 0.5], [0.5, 0.6, 0.5, 0.5, 0.5, 0.5]])
    np.testing.assert_allclose(first_shares(double), [2 / 3, 1 / 3], atol=0.02)


@pytest.mark.parametrize("how", WAYS)
def test_equals_share_the_weightings(how):
    alike = made_of([[0.4] * 6, [0.4] * 6])
    np.testing.assert_allclose(first_shares(alike, how=how, draws=50), [0.5, 0.5])


def test_one_draw_is_enough_and_goes_to_one_place():
    assert sorted(first_shares(SOCIETIES, draws=1)) == [0, 0, 0, 0, 1]


def test_the_same_seed_gives_the_same_shares():
    assert (first_shares(SOCIETIES, draws=500, seed=4) == first_shares(SOCIETIES, draws=500, seed=4)).all()
    assert (first_shares(SOCIETIES, draws=500, seed=4) != first_shares(SOCIETIES, draws=500, seed=5)).any()


def test_none_of_the_five_is_behind_another_in_everything():
    scores = SOCIETIES.scores()
    for i in range(5):
        for j in range(5):
            assert i == j or (scores[i] > scores[j]).any()


def test_each_of_the_five_is_best_at_something_and_worst_at_something():
    scores = np.column_stack([SOCIETIES.scores(), SOCIETIES.scores(SECOND)])
    assert set(scores.argmax(axis=0)) == set(range(5))
    for row in scores:
        assert (row <= np.median(scores, axis=0)).any()


def test_no_society_leads_for_half_of_all_weights():
    assert first_shares(SOCIETIES).max() < 0.5


def test_every_value_has_two_indicators_each_with_both_sides():
    for value in VALUES:
        ours = SOCIETIES.measures(value)
        assert len(ours) >= 2
        assert all(one.advocate and one.critic and one.words and one.unit for one in ours)


def test_another_indicator_of_self_management_turns_the_order():
    before = order(SOCIETIES, [1] * 6)
    after = order(SOCIETIES, [1] * 6, indicators={"self-management": "leaving"})
    assert before == ("Birch", "Dogwood", "Elm", "Alder", "Cedar")
    assert after == ("Alder", "Elm", "Birch", "Cedar", "Dogwood")


def test_an_indicator_of_ones_own_can_be_added():
    sacks = Indicator("sacks", "equity", "sacks given away", "sacks", 0, 10)
    with_sacks = SOCIETIES.with_indicator(sacks, [1, 2, 3, 4, 10])
    assert order(with_sacks, {"equity": 1}, indicators={"equity": "sacks"})[0] == "Elm"
    np.testing.assert_array_equal(with_sacks.scores(), SOCIETIES.scores())


def test_a_society_can_be_added_and_leaves_the_others_scores_alone():
    figures = dict(zip([one.name for one in SOCIETIES.indicators], SOCIETIES.figures[0], strict=True))
    six = SOCIETIES.with_society("Fir", {**figures, "gap": 15})
    np.testing.assert_array_equal(six.scores()[:5], SOCIETIES.scores())
    assert leading_weights(six, "Fir") is None  # like Alder, but for a wider gap


def test_peoples_weights_are_points_of_one_hundred():
    assert all(sum(person.points) == 100 and person.why for person in PEOPLE.values())


WRONG = [
    (lambda: shares([1, 2, 3]), "six numbers"),
    (lambda: shares([0] * 6), "nothing counts"),
    (lambda: shares([1, -2, 0, 0, 0, 0]), "weight of solidarity can't be -2"),
    (lambda: shares([np.nan, 1, 1, 1, 1, 1]), "weight of equity"),
    (lambda: shares({"freedom": 1}), "no value called 'freedom'"),
    (lambda: totals(SOCIETIES, [1] * 6, how="median"), "'median'"),
    (lambda: totals(SOCIETIES, [1] * 6, indicators={"freedom": "gap"}), "no value called 'freedom'"),
    (lambda: totals(SOCIETIES, [1] * 6, indicators={"equity": "smoke"}), "equity can't be measured by 'smoke'"),
    (lambda: first_shares(SOCIETIES, draws=0), "0 draws"),
    (lambda: leading_weights(SOCIETIES, "Ash"), "no society called 'Ash'"),
    (lambda: Indicator("gap", "equity", "", "", 2, 2), "two different numbers"),
    (lambda: Indicator("gap", "freedom", "", "", 2, 3), "measures 'freedom'"),
    (lambda: Indicator("gap", "equity", "", "", 20, 2).score(21), "outside its scale from 20 to 2"),
    (lambda: Indicator("gap", "equity", "", "", 20, 2).score(np.nan), "outside its scale"),
    (lambda: SOCIETIES.with_indicator(Indicator("gap", "equity", "", "", 9, 2), [3] * 5), "a name of its own"),
    (lambda: SOCIETIES.with_indicator(Indicator("new", "equity", "", "", 9, 2), [3] * 4), "one number each for Alder"),
    (lambda: SOCIETIES.with_society("Fir", {"gap": 3}), "no figure for 'chances'"),
    (lambda: replace(SOCIETIES, names=("Alder",) * 5), "different names"),
    (lambda: replace(SOCIETIES, indicators=SOCIETIES.indicators[2:]), "Nothing measures equity"),
    (lambda: values.panel("nowhere"), "no panel 'nowhere'"),
]


@pytest.mark.parametrize("weights", [["a"] * 6, ["1"] * 6, [True] * 6, {"equity": "much"}, "equity"])
def test_weights_that_are_no_numbers_are_refused(weights):
    with pytest.raises(TypeError, match=r"Weights must be .*numbers"):
        shares(weights)


@pytest.mark.parametrize(("call", "says"), WRONG)
def test_bad_input_is_refused_with_field_value_and_mend(call, says):
    with pytest.raises(ValueError, match=says):
        call()
