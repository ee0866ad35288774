"""The panels of lessons 06 and 06e: what they show is what the library computes, in picture, sentence and table."""

import re

import numpy as np
import pytest

from parecon_edu import economy
from parecon_edu.institutions import market
from parecon_edu.institutions.comparison import REGIMES, discover
from parecon_edu.institutions.market import figures
from parecon_edu.institutions.market.cards import FIREWOOD, crossing, held
from parecon_edu.institutions.market.controls import table_of
from parecon_edu.institutions.market.pit import HOW, play
from parecon_edu.institutions.market.protection import best_protection, own_rule


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


def trace(exhibit, name):
    return next(one for one in exhibit.figure.data if one.name == name)


# --- the pit ----------------------------------------------------------------------------------------------------------


def played(*presses, **values):
    panel = market.panel("pit")
    panel.set(**values)
    for press in presses:
        panel.press(press)
    return panel


def test_picture_and_table_show_what_was_called_and_sold():
    panel = played("listen", "call", "listen", "end", price=26)
    day = table_of(panel.values).day
    assert list(trace(panel.exhibit, "bid").y) == [call.price for call in day.calls if call.bid]
    assert list(trace(panel.exhibit, "ask").y) == [call.price for call in day.calls if not call.bid]
    assert list(trace(panel.exhibit, "sold").y) == day.prices
    assert [row[1] for row in panel.exhibit.table.rows] == [f"{price:.0f}" for price in day.prices]
    assert [row[3] for row in panel.exhibit.table.rows] == [f"{day.gains()[trade.buyer]:.0f}" for trade in day.trades]


@pytest.mark.parametrize(
    "presses",
    [(), ("listen",), ("call",), ("call", "end"), ("end", "next", "listen", "call", "end"), ("deal", "listen")],
)
def test_the_code_for_the_pit_gives_the_numbers_shown(presses):
    panel = played(*presses, price=24)
    prices, efficiency, mine = run(panel.code)
    day = table_of(panel.values).day
    assert prices == day.prices
    assert efficiency == day.efficiency
    assert mine == day.gains()["Leila"]
    assert list(trace(panel.exhibit, "sold").y) == prices


def test_the_cards_of_the_others_stay_face_down_until_the_market_closes():
    panel = played("listen", "listen", "call", price=22)
    assert len(panel.exhibit.figure.data) == 3
    assert "cross" not in panel.exhibit.sentence
    assert all("?" in row for row in panel.exhibit.table.rows)
    panel.press("end")
    assert len(panel.exhibit.figure.data) == 6
    assert "cross at 24 to 26 with 5 loads" in panel.exhibit.sentence
    assert not any("?" in row for row in panel.exhibit.table.rows)
    steps = trace(panel.exhibit, "buyers' values").y
    assert set(steps) == set(FIREWOOD.values)


def test_your_own_calls_are_marked():
    panel = played("call", price=23)
    assert trace(panel.exhibit, "bid").marker.symbol == ("triangle-up",)
    assert "The bid that stands is 23 (yours)" in panel.exhibit.sentence


def test_a_price_in_mind_is_drawn_and_weighed_before_it_is_called():
    panel = played(price=30)
    assert panel.exhibit.sentence.endswith("At 30 you would gain 6.")
    assert "your price: 30" in [note.text for note in panel.exhibit.figure.layout.annotations]
    assert panel.exhibit.table.rows[-1] == ("in your mind", "30", "Leila", "6", "?", "?")
    panel.set(price=40)
    assert panel.exhibit.sentence.endswith("At 40 you would lose 4.")
    panel.set(price=36)
    assert panel.exhibit.sentence.endswith("At 36 you would neither gain nor lose.")
    panel.press("call")
    panel.press("end")
    assert "you would" not in panel.exhibit.sentence


def test_take_buys_at_the_ask_that_stands():
    panel = played()
    while table_of(panel.values).ask is None or table_of(panel.values).ask.price > 36:
        panel.press("listen")
    ask = table_of(panel.values).ask
    panel.press("take")
    assert f"you have bought at {ask.price:.0f}" in panel.exhibit.sentence


def test_take_without_an_offer_says_so_and_changes_nothing():
    panel = played()
    before = panel.values
    with pytest.raises(ValueError, match="No ask stands"):
        panel.press("take")
    assert panel.values == before


def test_a_call_at_a_loss_is_refused_and_changes_nothing():
    panel = played(price=40)
    before = panel.values
    with pytest.raises(ValueError, match="you would lose 4"):
        panel.press("call")
    assert panel.values == before


def test_dealing_anew_takes_the_card_and_the_people_that_were_chosen():
    panel = played("call", "end", price=30)
    panel.set(card="Eastside", others="random")
    assert table_of(panel.values).you == "Leila", "a choice alone changes nothing"
    panel.press("deal")
    table = table_of(panel.values)
    assert (table.you, table.how, table.seed, table.moves) == ("Eastside", "random", 2, ())
    assert "You are the seller from Eastside: a load costs you 24" in panel.exhibit.sentence


def test_a_half_played_day_can_be_handed_over():
    panel = played("listen", "call", "listen", price=21)
    other = market.panel("pit")
    other.restore(panel.scenario_code)
    assert other.values == panel.values
    assert other.exhibit.sentence == panel.exhibit.sentence


def test_day_two_remembers_day_one():
    panel = played("call", "end", "next", price=26)
    assert panel.exhibit.sentence.startswith("Day 2.")
    assert "Days so far" in [detail.title for detail in panel.exhibit.details]


# --- how much is the rule ---------------------------------------------------------------------------------------------


def test_the_four_ways_are_those_of_the_library():
    exhibit = figures.ways(FIREWOOD, rounds=12)
    for how, bar in zip(HOW, exhibit.figure.data[0].x, strict=True):
        mean = 100 * np.mean([play(FIREWOOD, how=how, seed=seed)[0].efficiency for seed in range(12)])
        assert bar == pytest.approx(mean)
        assert f"{mean:.1f} %" in exhibit.sentence
        assert f"{mean:.1f} %" in str(exhibit.table)


# --- a surprise -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(("what", "shift"), [("costs", 9), ("values", 12), ("costs", -10), ("values", 0)])
def test_the_code_for_the_surprise_gives_the_numbers_shown(how, what, shift):
    panel = market.panel("adjust")
    panel.set(shift=shift, what=what, how=how, seed=3)
    meet, averages, shares = run(panel.code)
    shown = [np.nan if y is None else y for y in trace(panel.exhibit, "average").y]
    np.testing.assert_allclose(shown, averages)
    assert list(trace(panel.exhibit, "gained").text) == [f"{100 * share:.0f}" for share in shares]
    if shift:
        assert f"now cross at {meet.low:g} to {meet.high:g}" in panel.exhibit.sentence
    low, high = panel.exhibit.figure.layout.yaxis.range
    assert all(low < price < high for price in trace(panel.exhibit, "sold").y), "no star is cut off"


def test_the_sentence_says_what_a_price_that_stands_still_would_bring():
    panel = market.panel("adjust")
    panel.set(shift=9)
    after = FIREWOOD.moved(costs=9)
    share = held(after, 25).gain / crossing(after).gain
    assert f"at a price that stood still it would be {100 * share:.0f} %" in panel.exhibit.sentence
    assert "5 want a load and 3 offer one; 2 go home without" in str(panel.exhibit.details[0])


def test_where_nothing_moves_the_sentence_says_so():
    assert market.panel("adjust").exhibit.sentence.startswith("Nothing moves. The cards cross at 24 to 26 with 5 loads")


# --- Riverside --------------------------------------------------------------------------------------------------------

TOWN = [
    {},
    {"amount": 100},
    {"amount": 40},
    {"amount": 100, "second": "market_power", "second_amount": 65},
    {"friction": "typical", "amount": 100},
    {"friction": "failure", "amount": 100, "charge": True, "equal": True},
    {"friction": "surprise", "amount": 50},
    {"friction": "wage_markdown", "amount": 100, "second": "unequal_shares", "second_amount": 100},
]


@pytest.mark.parametrize("values", TOWN)
def test_the_code_for_the_town_gives_the_numbers_shown(values):
    panel = market.panel("town")
    panel.set(**values)
    equivalent, by_council, _ = run(panel.code)
    shown = panel.exhibit.figure.data[-1]
    np.testing.assert_allclose(shown.x, by_council)
    assert panel.exhibit.table.rows[0][-1] == f"{equivalent:.2f}"


def test_at_its_best_the_market_does_what_the_best_plan_does():
    panel = market.panel("town")
    assert "every neighbourhood is as well off as in the best plan" in panel.exhibit.sentence
    np.testing.assert_allclose(panel.exhibit.figure.data[0].x, 1, atol=1e-6)


def test_the_worst_amount_of_each_friction_is_that_of_the_failure_case():
    presets = economy.scenario("riverside").cases["market"]["failure"].presets
    panel = market.panel("town")
    for name in ("unequal_shares", "market_power", "slack", "private_public_goods"):
        panel.set(friction=name, amount=100)
        assert f"{name}={presets[name].value!r}" in panel.code


def test_market_power_lessens_smoke_where_smoke_has_no_price_and_only_costs_where_it_has():
    # Buchanan (1969): two wrongs. The second-best town is better off with a mark-up, the best one worse.
    town = economy.scenario("riverside")
    free, free_power = (market.allocate(town, unpriced_harm=1, market_power=power) for power in (0, 0.25))
    priced, priced_power = (market.allocate(town, market_power=power) for power in (0, 0.25))
    assert free_power.emissions < free.emissions
    assert free_power.equivalent > free.equivalent + 0.01
    assert priced_power.equivalent < priced.equivalent - 0.005


def test_a_charge_and_equal_claims_close_most_of_the_usual_gap():
    town = economy.scenario("riverside")
    usual = market.allocate(town, case="typical").equivalent
    mended = market.allocate(town, case="typical", unpriced_harm=0, unequal_shares=0).equivalent
    assert (mended - usual) / (1 - usual) > 0.7


# --- discovery --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [{}, {"protection": 0}, {"protection": 150, "blocking": 50}, {"public": 1, "approval": 50, "years": 10}],
)
def test_the_code_for_discovery_gives_the_numbers_shown(values):
    panel = market.panel("discovery")
    panel.set(**values)
    growth, behind, average, best = run(panel.code)
    assert f"The front grows {100 * growth:.1f} % a year" in panel.exhibit.sentence
    assert f"live {behind:.1f} years behind" in panel.exhibit.sentence
    assert panel.exhibit.figure.data[-1].y[0] == pytest.approx(average)
    assert panel.exhibit.table.rows[0][-1] == f"{average:.2f}"
    curve = panel.exhibit.figure.data[-2]
    assert abs(curve.x[int(np.argmax(curve.y))] / 100 - best) <= 0.06


def test_the_three_regimes_stand_beside_it_as_the_library_has_them():
    exhibit = market.panel("discovery").exhibit
    for name in REGIMES:
        line = trace(exhibit, name.replace("_", " "))
        np.testing.assert_allclose(line.y, discover(name).average(np.arange(61)))
        assert f"{line.name} {float(discover(name).average(30)):.2f}" in exhibit.sentence


def test_the_sentence_says_which_way_protection_should_go():
    panel = market.panel("discovery")
    for protection in (0, 40, 150):
        panel.set(protection=protection, blocking=50)
        best = best_protection(30, blocking=0.5)
        way = "less" if best < protection / 100 else "more"
        assert f"{way} protection, {100 * best:.0f} %" in panel.exhibit.sentence
        assert float(own_rule(best, blocking=0.5).average(30)) >= panel.exhibit.figure.data[-1].y[0]


# --- all --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["pit", "adjust", "town", "discovery"])
def test_two_copies_do_not_touch_and_the_axes_stand_still(view):
    one, two = market.panel(view), market.panel(view)
    before = two.exhibit.sentence
    axes = one.exhibit.figure.layout.yaxis.range, one.exhibit.figure.layout.height
    first = {
        "pit": {"price": 33},
        "adjust": {"shift": 9, "how": "random"},
        "town": {"friction": "failure", "amount": 100},
        "discovery": {"protection": 30, "public": 2},
    }[view]
    one.set(**first)
    assert two.exhibit.sentence == before
    assert (one.exhibit.figure.layout.yaxis.range, one.exhibit.figure.layout.height) == axes


def test_an_unknown_view_is_refused_by_name():
    with pytest.raises(ValueError, match=re.escape("no panel 'bazaar'")):
        market.panel("bazaar")
