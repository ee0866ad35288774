"""Side by side: the same town, the same surprise, one table; and which assumption decides."""

import numpy as np
import pytest

from parecon_edu import economy, institutions
from parecon_edu.economy.scenarios import INSTITUTIONS
from parecon_edu.institutions.comparison import swings
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


def test_at_their_best_nothing_about_the_town_sets_the_institutions_apart():
    """Barone's point again: damage, tastes, technology, ownership decide nothing as long as there is no friction."""
    for swing in swings(CORNER, case="best"):
        if not swing.is_friction:
            assert (swing.low, swing.high) == pytest.approx((1, 1), abs=1e-8), swing.name


def test_swings_are_what_allocate_says_at_both_ends_largest_first():
    found = swings(TWO_GOODS, case="typical")
    sizes = [swing.size for swing in found]
    assert sizes == sorted(sizes, reverse=True)
    for name in INSTITUTIONS:
        mine = {swing.name: swing for swing in found if swing.institution == name}
        assert {friction.name for friction in frictions_of(name)} <= set(mine)
        allocate = getattr(institutions, name).allocate
        worst = TWO_GOODS.cases[name]["failure"].presets["slack"].value
        assert mine["slack"].low == allocate(TWO_GOODS, case="typical", slack=0).equivalent
        assert mine["slack"].high == allocate(TWO_GOODS, case="typical", slack=worst).equivalent
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
