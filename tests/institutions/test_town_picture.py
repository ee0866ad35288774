"""The town's picture, its sentence and its table say the same, and say who loses."""

import numpy as np
import pytest

from parecon_edu import economy, institutions
from parecon_edu.institutions.alone import costs_alone
from parecon_edu.institutions.figures import best_smoke, one_at_a_time, town
from parecon_edu.institutions.wording import INSTITUTION_WORDS

RIVERSIDE = economy.scenario("riverside")


@pytest.fixture(scope="module")
def failing():
    return dict(zip(INSTITUTION_WORDS.values(), institutions.compare(RIVERSIDE, case="failure").outcomes, strict=True))


def test_picture_and_table_carry_the_same_numbers(failing):
    exhibit = town(failing, scenario=RIVERSIDE)
    for trace, outcome, column in zip(exhibit.figure.data, failing.values(), (1, 2, 3), strict=True):
        assert list(trace.x) == pytest.approx(outcome.equivalent_by_council)
        in_table = [float(row[column]) for row in exhibit.table.rows[1:9]]
        assert in_table == pytest.approx(outcome.equivalent_by_council, abs=0.0051)
        assert list(trace.text) == [row[column] for row in exhibit.table.rows[1:9]]
        assert float(exhibit.table.rows[0][column]) == pytest.approx(outcome.equivalent, abs=0.0051)


def test_the_sentence_names_who_gains_and_who_loses_with_their_numbers(failing):
    sentence = town({"the market": failing["the market"]}, scenario=RIVERSIDE).sentence
    assert "Hilltop gains most (231 %" in sentence
    assert "Low Meadow loses most (22 %" in sentence
    assert "is missing" in sentence
    assert "Nobody gains; Low Meadow loses most (42 %" in town(failing, scenario=RIVERSIDE).sentence


def test_at_their_best_nobody_gains_and_nobody_loses():
    best = dict(zip(INSTITUTION_WORDS.values(), institutions.compare(RIVERSIDE).outcomes, strict=True))
    sentence = town(best, scenario=RIVERSIDE).sentence
    assert "nobody gains and nobody loses" in sentence
    assert "All of them do exactly the same" in sentence
    assert all(word not in sentence for word in ("loses most", "missing", "instead of"))


def test_frame_and_height_stand_still_whatever_comes_out(failing):
    best = dict(zip(INSTITUTION_WORDS.values(), institutions.compare(RIVERSIDE).outcomes, strict=True))
    one, other = (town(outcomes, scenario=RIVERSIDE).figure.layout for outcomes in (failing, best))
    assert one.height == other.height
    assert one.xaxis.range == other.xaxis.range
    assert one.yaxis.range == other.yaxis.range


def test_every_outcome_has_its_own_mark_as_well_as_its_own_colour(failing):
    twice = {"priced": failing["the market"], "unpriced": failing["the market"]}
    for outcomes in (failing, twice):
        traces = town(outcomes, scenario=RIVERSIDE).figure.data
        assert len({trace.marker.symbol for trace in traces}) == len(traces)
        assert len({trace.marker.color for trace in traces}) == len(traces)


def test_smoke_is_held_against_the_best_plan_of_the_same_year():
    hit = institutions.market.allocate(RIVERSIDE, surprise=0.3, rigidity=1, seed=4)
    best = best_smoke(RIVERSIDE, surprise=0.3, seed=4)
    assert best != pytest.approx(best_smoke(RIVERSIDE), rel=0.01)
    assert f"instead of {best:.1f}" in town({"the market": hit}, scenario=RIVERSIDE).sentence


def test_more_than_three_or_another_town_is_refused_in_words(failing):
    with pytest.raises(ValueError, match="one to three"):
        town({}, scenario=RIVERSIDE)
    with pytest.raises(ValueError, match="another town"):
        town(failing, scenario=economy.scenario("two_goods"))


@pytest.mark.parametrize("institution", INSTITUTION_WORDS)
def test_each_friction_alone_is_what_the_library_says_of_it(institution):
    allocate = getattr(institutions, institution).allocate
    costs = costs_alone(institution, RIVERSIDE)
    losses = [cost.loss for cost in costs]
    assert losses == sorted(losses, reverse=True)
    for cost in costs[:3]:
        outcome = allocate(RIVERSIDE, **cost.frictions)
        assert cost.equivalent == outcome.equivalent
        assert cost.worst == outcome.neighbourhoods[int(np.argmin(outcome.equivalent_by_council))]
    exhibit = one_at_a_time(costs, institution=institution)
    assert list(exhibit.figure.data[0].x) == pytest.approx([100 * loss for loss in losses])
    assert [row[1] for row in exhibit.table.rows] == [f"{100 * loss:.1f}\u00a0%" for loss in losses], "on one line"


@pytest.mark.parametrize("institution", INSTITUTION_WORDS)
def test_each_friction_comes_alone_and_once_at_its_size_in_the_case_and_in_the_same_year(institution):
    """A surprise comes with how late it is answered, for neither does anything by itself; so being late has no row."""
    allocate, sizes = getattr(institutions, institution).allocate, RIVERSIDE.cases[institution]["typical"].presets
    costs = costs_alone(institution, RIVERSIDE, case="typical", seed=3)
    assert sorted(next(iter(cost.frictions)) for cost in costs) == sorted(set(sizes) - {"rigidity"})
    for cost in costs:
        assert all(size == sizes[name].value for name, size in cost.frictions.items())
        assert ("rigidity" in cost.frictions) == ("surprise" in cost.frictions)
        outcome = allocate(RIVERSIDE, seed=3, **cost.frictions)
        wellbeing = dict(zip(outcome.neighbourhoods, outcome.equivalent_by_council, strict=True))
        assert (cost.equivalent, cost.loss) == (outcome.equivalent, 1 - outcome.equivalent)
        assert cost.worst_equivalent == wellbeing[cost.worst] == min(wellbeing.values())
        assert cost.luckiest_equivalent == wellbeing[cost.luckiest] == max(wellbeing.values())
        if cost.on_top_of:
            under = {cost.on_top_of: sizes[cost.on_top_of].value}
            assert cost.equivalent_before == allocate(RIVERSIDE, seed=3, **under).equivalent
            assert cost.equivalent_after == allocate(RIVERSIDE, seed=3, **under, **cost.frictions).equivalent


def test_wages_held_down_bite_only_where_claims_are_unequal():
    cost = next(cost for cost in costs_alone("market", RIVERSIDE) if "wage_markdown" in cost.frictions)
    assert cost.loss == pytest.approx(0, abs=1e-9)
    assert cost.on_top_of == "unequal_shares"
    assert cost.equivalent_before - cost.equivalent_after > 0.05


def test_without_frictions_there_is_nothing_to_show():
    with pytest.raises(ValueError, match="no frictions"):
        one_at_a_time(costs_alone("market", RIVERSIDE, case="best"), institution="market")
