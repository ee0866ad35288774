"""Side by side: the same town, the same surprise, one table; and which assumption decides."""

import dataclasses

import numpy as np
import pytest

from parecon_edu import economy, institutions
from parecon_edu.economy.scenarios import INSTITUTIONS
from parecon_edu.institutions.comparison import swings
from parecon_edu.institutions.comparison.model import FEATURES
from parecon_edu.institutions.frictions import frictions_of

RIVERSIDE = economy.scenario("riverside")
TWO_GOODS = economy.scenario("two_goods")
CORNER = economy.scenario("riverside_corner")


def test_a_comparison_is_the_three_allocations_side_by_side():
    both = institutions.compare(RIVERSIDE, case="typical", seed=3)
    for name in INSTITUTIONS:
        alone = getattr(institutions, name).allocate(RIVERSIDE, case="typical", seed=3)
        together = getattr(both, name)
        assert together.institution == name
        assert together.equivalent == alone.equivalent
        assert together.settings == alone.settings


def test_frictions_given_to_one_institution_leave_the_others_alone():
    result = institutions.compare(RIVERSIDE, market={"unpriced_harm": 1})
    assert result.market.equivalent < 0.99
    assert result.central.equivalent == pytest.approx(1, abs=1e-9)
    assert result.participatory.equivalent == pytest.approx(1, abs=1e-9)


def test_the_table_says_what_the_outcomes_say():
    result = institutions.compare(RIVERSIDE, case="failure")
    rows = {row[0]: row[1:] for row in result.table.rows}
    assert len(result.table.columns) == 4
    assert rows["well-being of the town"] == tuple(outcome.equivalent for outcome in result.outcomes)
    assert rows["Low Meadow"][2] == result.participatory.equivalent_by_council[-1]
    assert all(np.isfinite(value) for row in rows.values() for value in row)
    assert rows["neighbourhoods that lose"][0] == len(result.market.losers) > 4


def test_each_row_of_the_table_is_what_its_words_say():
    """From what each neighbourhood, workplace and good has; shares are of the whole town's income or of one demand."""
    found = institutions.compare(RIVERSIDE, case="failure")
    # Nobody in Riverside is left with money that buys nothing, so some is put into their purses here.
    purses = {name: np.linspace(0, 700, 8) + n for n, name in enumerate(INSTITUTIONS)}
    result = institutions.Comparison(
        **{name: dataclasses.replace(getattr(found, name), saving=saved) for name, saved in purses.items()}
    )
    rows = {row[0]: row[1:] for row in result.table.rows}
    for at, one in enumerate(result.outcomes):
        wellbeing = dict(zip(one.neighbourhoods, one.equivalent_by_council, strict=True))
        assert {name: rows[name][at] for name in wellbeing} == wellbeing
        said = {
            "well-being where it is lowest": min(wellbeing.values()),
            "well-being where it is highest": max(wellbeing.values()),
            "neighbourhoods that lose": sum(share < 1 - 1e-6 for share in wellbeing.values()),
            "smoke": RIVERSIDE.economy.emissions @ one.output,
            "largest shortage, share of demand": max(one.shortages),
            "forced saving, share of income": sum(one.saving) / RIVERSIDE.economy.income.sum(),
            "effort of a workplace": sum(one.effort) / 15,
            "inequality of income (Gini)": np.abs(np.subtract.outer(one.income, one.income)).mean()
            / (2 * one.income.mean()),
            "charge on a unit of smoke": one.charge,
            "distance between power and being affected": one.say,
            "numbers exchanged": one.messages,
        }
        for words, expected in said.items():
            assert rows[words][at] == pytest.approx(expected, abs=1e-12), words


def test_at_their_best_nothing_about_the_town_sets_the_institutions_apart():
    """Barone's point again: damage, tastes, technology, ownership decide nothing as long as there is no friction."""
    for swing in swings(CORNER, case="best"):
        if not swing.is_friction:
            assert (swing.low, swing.high) == pytest.approx((1, 1), abs=1e-8), swing.name


def ends_of(name, town=RIVERSIDE):
    """Return a feature's words and its two towns."""
    feature = next(feature for feature in FEATURES if feature.name == name)
    return feature.low_words, feature.high_words, feature.low(town), feature.high(town)


@pytest.mark.parametrize(
    ("name", "field", "words", "factors"),
    [
        ("damage of smoke", "damage", ("half", "double"), (1 / 2, 2)),
        ("how much effort matters", "effort_exponent", ("half", "a fifth more"), (1 / 2, 1 + 1 / 5)),
        ("exponents of inputs", "exponents", ("a tenth less", "a twentieth more"), (1 - 1 / 10, 1 + 1 / 20)),
    ],
)
def test_a_feature_of_the_town_is_turned_as_far_as_its_words_say(name, field, words, factors):
    *said, low, high = ends_of(name)
    assert tuple(said) == words
    for town, factor in zip((low, high), factors, strict=True):
        np.testing.assert_allclose(getattr(town.economy, field), factor * getattr(RIVERSIDE.economy, field))


def test_who_owns_is_turned_halfway_to_all_alike_and_halfway_to_whoever_owns_most():
    *_, low, high = ends_of("who owns")
    owned, alike, one = RIVERSIDE.people.ownership, np.full(8, 1 / 8), np.eye(8)[0]
    assert owned.argmax() == 0
    np.testing.assert_allclose(low.people.ownership, (owned + alike) / 2)
    np.testing.assert_allclose(high.people.ownership, (owned + one) / 2)


def test_tastes_and_wishes_are_turned_towards_the_mean_and_away_from_it():
    """Distances from people's mean tastes: none and twice (no taste of Riverside's reaches 0 by that), half and 1.5."""
    tastes, wishes = RIVERSIDE.economy.tastes, RIVERSIDE.planner_priorities
    mean = tastes.mean(axis=0)
    *_, low, high = ends_of("how tastes differ")
    np.testing.assert_allclose(low.economy.tastes, np.tile(mean, (8, 1)), atol=1e-12)
    np.testing.assert_allclose(high.economy.tastes - mean, 2 * (tastes - mean), atol=1e-12)
    *_, low, high = ends_of("what a planner wants")
    for town, factor in ((low, 0.5), (high, 1.5)):
        np.testing.assert_allclose(town.planner_priorities - mean, factor * (wishes - mean), atol=1e-12)


def test_whoever_wants_bread_alone_already_wants_it_no_more_when_tastes_are_twice_as_far_apart():
    """Bread would come to 2 - mean, all else to -mean, which is cut off at 0; what is left adds up to 1 again."""
    tastes = RIVERSIDE.economy.tastes.copy()
    tastes[0] = np.eye(9)[0]
    town = dataclasses.replace(RIVERSIDE, economy=dataclasses.replace(RIVERSIDE.economy, tastes=tastes))
    *_, high = ends_of("how tastes differ", town)
    np.testing.assert_allclose(high.economy.tastes[0], tastes[0], atol=1e-12)
    np.testing.assert_allclose(high.economy.tastes.sum(axis=1), 1, rtol=1e-12)


def test_who_breathes_the_smoke_is_turned_with_the_same_harm_in_all():
    *_, low, high = ends_of("who breathes the smoke")
    downwind = RIVERSIDE.people.downwind
    for town in (low, high):
        assert town.economy.damage.sum() == pytest.approx(RIVERSIDE.economy.damage.sum())
    assert np.ptp(low.economy.damage) == pytest.approx(0)
    assert np.ptp(high.economy.damage[downwind]) == pytest.approx(0)
    assert not high.economy.damage[~downwind].any()
    *_, high = ends_of("who breathes the smoke", institutions.comparison.own_town(downwind=[False] * 8))
    assert high.economy.damage.sum() > 0, "where nobody lives downwind, the smoke does not go away"


@pytest.fixture(scope="module")
def usual_swings():
    return swings(TWO_GOODS, case="typical")


def test_a_feature_swings_from_its_low_town_to_its_high_town_where_it_can_touch_the_institution(usual_swings):
    found = {(swing.institution, swing.name): swing for swing in usual_swings}
    for feature in FEATURES:
        assert {name for name, what in found if what == feature.name} == set(feature.institutions)
    feature = next(feature for feature in FEATURES if feature.name == "exponents of inputs")
    low, high = (institutions.market.allocate(turn(TWO_GOODS), case="typical") for turn in (feature.low, feature.high))
    swing = found["market", feature.name]
    assert (swing.low, swing.high) == (low.equivalent, high.equivalent)
    assert swing.size == abs(high.equivalent - low.equivalent) > 0


def test_swings_are_what_allocate_says_at_both_ends_largest_first(usual_swings):
    found = usual_swings
    sizes = [swing.size for swing in found]
    assert sizes == sorted(sizes, reverse=True)
    for name in INSTITUTIONS:
        mine = {swing.name: swing for swing in found if swing.institution == name}
        assert {friction.name for friction in frictions_of(name)} <= set(mine)
        allocate = getattr(institutions, name).allocate
        worst = TWO_GOODS.cases[name]["failure"].presets["slack"].value
        assert mine["slack"].low == allocate(TWO_GOODS, case="typical", slack=0).equivalent
        assert mine["slack"].high == allocate(TWO_GOODS, case="typical", slack=worst).equivalent
        assert (mine["slack"].low_words, mine["slack"].high_words) == ("0", f"{worst:g}")
        assert mine["slack"].base == allocate(TWO_GOODS, case="typical").equivalent


def test_frictions_that_a_town_gives_no_hold_to_do_not_swing():
    found = {(swing.institution, swing.name): swing.size for swing in swings(TWO_GOODS, case="best")}
    assert found["market", "unpriced_harm"] == pytest.approx(0, abs=1e-9), "no smoke"
    assert found["market", "private_public_goods"] == pytest.approx(0, abs=1e-9), "nothing public"
    assert found["market", "wage_markdown"] == pytest.approx(0, abs=1e-9), "equal claims"


def test_riversides_presets_are_what_their_reasons_say():
    """A Gini of .31, the OECD's average after taxes, in the market's typical case; mark-ups of 18 and 61 %."""
    assert institutions.market.allocate(RIVERSIDE, case="typical").gini == pytest.approx(0.31, abs=0.005)
    for case, markup in (("typical", 0.18), ("failure", 0.61)):
        power = RIVERSIDE.cases["market"][case].presets["market_power"].value
        assert 1 / (1 - power) - 1 == pytest.approx(markup, abs=0.005)


def test_overrides_that_are_no_dictionary_are_refused():
    with pytest.raises(TypeError, match="market must be a dictionary like"):
        institutions.compare(RIVERSIDE, market=0.5)


@pytest.mark.parametrize("case", ["typical", "failure"])
def test_where_nothing_is_known_a_participatory_plan_is_put_half_way(case):
    """Nobody has measured one; so in frictions that all share, no preset lets it do better than half way."""
    presets = {name: RIVERSIDE.cases[name][case].presets for name in INSTITUTIONS}
    for friction in ("slack", "effort_loss", "surprise", "rigidity"):
        market, central, participatory = (presets[name][friction].value for name in INSTITUTIONS)
        assert participatory == pytest.approx((market + central) / 2), friction
