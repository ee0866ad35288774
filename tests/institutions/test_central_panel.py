"""The panels of lesson 07: picture, sentence and table show what the library computes, and their code gives it."""

from __future__ import annotations

import re
import time

import numpy as np
import pytest

from parecon_edu import economy, institutions
from parecon_edu.institutions import central
from parecon_edu.institutions.central import figures, record, room_controls
from parecon_edu.institutions.central.controls import GAMES, office_of
from parecon_edu.institutions.central.targets import two_tasks

KEYS = ("tailors", "weavers", "knitwear")
TOWN = economy.scenario("riverside")


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


def played(who, *, years=5, rise=1.0):
    panel = central.panel("office")
    panel.set(who=who)
    for _ in range(years):
        panel.press("believe")
        if rise != 1:
            panel.set(**{key: round(rise * panel.values[key]) for key in KEYS})
        panel.press("give")
    return panel


# --- the office -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", GAMES)
def test_the_code_gives_the_reports_and_the_coats(who):
    panel = played(who, years=3, rise=1.1)
    office = office_of(panel.values)
    assert run(panel.code) == (office.reports, office.made)


def test_picture_and_table_hold_what_was_said_told_and_made_mill_by_mill():
    panel = played("some", years=4, rise=1.1)
    years = office_of(panel.values).years
    bars = [trace for trace in panel.exhibit.figure.data if trace.type == "bar"]
    for i, bar in enumerate(bars):
        assert list(bar.y) == [year.made[i] for year in years]
        rows = panel.exhibit.table.rows[i::3]
        assert [row[1:4] for row in rows[:4]] == [(y.report[i], y.target[i], y.made[i]) for y in years]


def test_what_could_have_been_made_is_hidden_until_the_last_year_is_over():
    for years, opened in ((0, False), (4, False), (5, True)):
        panel = played("some", years=years)
        shown = str(panel.exhibit) + str(panel.exhibit.figure)
        assert ("could have made" in shown) == opened
        capacity = office_of(panel.values).mills[0].capacity[0]
        assert (str(capacity) in str(panel.exhibit)) == opened
    assert "Okafor tailors (31 %)" in panel.exhibit.sentence
    assert "Canal Street weavers always told the truth" in panel.exhibit.sentence


@pytest.mark.parametrize("years", [0, 2, 4])
def test_nothing_that_a_mill_says_gives_away_whether_it_hides(years):
    panel = played("some", years=years, rise=1.1)
    words = {line.split("“")[1] for line in panel.exhibit.details[0].body}
    patterns = {re.sub(r"\d+", "N", line) for line in words}
    allowed = {
        "N coats.”",
        "N done. We do not know how. Please don't ask for it again. Next year: N.”",
        "N of N. It was out of reach, so there was no bonus. We had told you: N. Next year: N.”",
    }
    assert patterns <= allowed


def test_truth_and_kept_promises_bring_everything_and_believing_liars_does_not():
    assert "100 %. Nobody lied." in played("nobody").exhibit.sentence
    assert "100 %" in played("promise").exhibit.sentence
    some = played("some")
    office = office_of(some.values)
    assert office.share < 0.85
    assert f"{office.made:,} coats came out of {office.possible:,}" in some.exhibit.sentence


def test_the_games_do_not_touch_each_other_and_can_be_begun_again():
    panel = played("nobody", years=2)
    panel.set(who="some")
    assert office_of(panel.values).years == ()
    panel.press("give")
    panel.set(who="nobody")
    assert len(office_of(panel.values).years) == 2
    panel.press("again")
    assert office_of(panel.values).years == ()
    panel.set(who="some")
    assert len(office_of(panel.values).years) == 1


def test_the_game_in_which_nobody_lies_does_not_give_the_other_mills_away():
    honest, lying = central.panel("office"), central.panel("office")
    lying.set(who="some")
    assert [m.capacity for m in office_of(honest.values).mills] != [m.capacity for m in office_of(lying.values).mills]


def test_a_half_played_game_is_in_the_scenario_code():
    panel = played("some", years=2, rise=1.1)
    other = central.panel("office")
    other.restore(panel.scenario_code)
    assert other.exhibit.sentence == panel.exhibit.sentence


def test_after_the_last_year_the_buttons_say_so_and_change_nothing():
    panel = played("some")
    before = panel.values
    for button in ("give", "believe"):
        with pytest.raises(ValueError, match="years are over"):
            panel.press(button)
    assert panel.values == before


def test_the_axes_stand_still_and_no_bar_is_cut_off():
    tops = set()
    for town in range(1, 51):
        office = central.open_office(town, liars=False)
        if town % 25 == 0:
            tops.add(figures.by_hand(office, draft=office.reports).figure.layout.yaxis.range)
        assert max(max(mill.capacity) for mill in office.mills) <= 200
    assert len(tops) == 1, "they do not depend on the town"


# --- balances ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whose", central.TECHNOLOGIES)
@pytest.mark.parametrize("padding", [0, 110])
def test_the_code_gives_the_orders_shown(whose, padding):
    panel = central.panel("balances")
    panel.set(whose=whose, padding=padding, after=4)
    radius, total = run(panel.code)
    technology = central.TECHNOLOGIES[whose]()
    wanted = technology.worth @ technology.wanted
    line, mark = panel.exhibit.figure.data[:2]
    assert line.y[4] == mark.y[0] == pytest.approx(total / wanted)
    assert radius == pytest.approx((1 + padding / 100) * technology.radius)
    assert ("never ends" in panel.exhibit.sentence) == (radius >= 1)
    on_order = [row[2] for row in panel.exhibit.table.rows]
    size = 1e6 if whose == "united_states" else 1
    assert np.array(on_order) @ technology.worth * size == pytest.approx(total)


def test_the_sentence_says_what_is_missing():
    # 163.33 units are needed and 163.33·(0.5)^4 … by hand: 50 → 69 → 79.7 → 84.81 energy, 30 → 53 → 62.9 → 68.17 tools.
    panel = central.panel("balances")
    panel.set(after=3)
    assert "After 3 rounds 153 of the 163 units" in panel.exhibit.sentence
    assert "6.3 % is still missing" in panel.exhibit.sentence


# --- the town ---------------------------------------------------------------------------------------------------------


def test_the_town_begins_at_its_best_as_good_as_the_market_at_its_best():
    best, market = central.allocate(TOWN), institutions.market.allocate(TOWN)
    assert best.equivalent == pytest.approx(1, abs=1e-9)
    np.testing.assert_allclose(best.consumption, market.consumption, rtol=1e-6)
    assert "nobody gains and nobody loses" in central.panel("town").exhibit.sentence


@pytest.mark.parametrize(
    "values", [{"slack": 20}, {"planner_taste": 50, "official_premium": 5}, {"surprise": 30, "rigidity": 80}]
)
def test_the_code_for_the_town_gives_the_numbers_shown(values):
    panel = central.panel("town")
    panel.set(**values)
    equivalent, by_council = run(panel.code)
    np.testing.assert_allclose(panel.exhibit.figure.data[0].x, by_council)
    assert f"{100 * equivalent:.0f} % of everything" in panel.exhibit.sentence


@pytest.mark.parametrize("slack", [0.05, 0.2, 0.5])
def test_reported_slack_costs_what_is_not_made_less_the_effort_that_is_spared(slack):
    # In the town of two goods only hours are used up, so every shelf holds (1 − slack) of what it held, and tastes add
    # up to 1: ln(1 − slack). Spared is all but (1 − slack)^(k/c) of the effort, which cost Σ s e^k of all income.
    town = economy.scenario("two_goods")
    home, best = town.economy, central.allocate(town)
    effort = (home.effort_weight * best.effort**home.effort_disutility).sum() / home.income.sum()
    k, c = home.effort_disutility[0], home.effort_exponent[0]
    expected = np.log(1 - slack) + effort * (1 - (1 - slack) ** (k / c))
    assert np.log(central.allocate(town, slack=slack).equivalent) == pytest.approx(expected, rel=1e-6)


def test_nobody_queues_where_nothing_is_short_and_lines_grow_with_the_planners_wishes():
    assert central.queue(central.allocate(TOWN), TOWN).total == 0
    hours = [central.queue(central.allocate(TOWN, planner_taste=taste), TOWN).total for taste in (0.2, 0.5, 0.8)]
    assert 0 < hours[0] < hours[1] < hours[2]


def test_time_in_line_is_worth_what_is_missing():
    outcome = central.allocate(TOWN, planner_taste=0.5)
    lines, g = central.queue(outcome, TOWN), 0
    labour = TOWN.economy.kinds == "labour"
    wage = outcome.prices[labour] @ TOWN.economy.supply[labour] / TOWN.economy.supply[labour].sum()
    got = outcome.consumption[:, g].sum()
    asked = got / (1 - outcome.shortages[g])
    assert lines.hours[g] * wage * TOWN.people.residents.sum() == pytest.approx((asked - got) * outcome.prices[g])


# --- the wrong target -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rivalry", "weight", "sign"), [(0.6, 3.0, -1), (0.6, 1.0, 1), (0.9, 2.0, -1), (0.0, 9.0, 1)])
def test_a_sharper_measure_does_harm_exactly_where_rivalry_times_weight_is_above_one(rivalry, weight, sign):
    # While both are done, worth changes by (1 − γ w)/(1 − γ²) for each point of bonus, so its sign is that of 1 − γ w.
    sharp = np.linspace(0, 0.9 * (1 / rivalry - 1) if rivalry else 1.0, 6)
    worth = [two_tasks(float(bonus), rivalry=rivalry, weight=weight).worth for bonus in sharp]
    slopes = np.diff(worth) / np.diff(sharp)
    np.testing.assert_allclose(slopes, (1 - rivalry * weight) / (1 - rivalry**2))
    assert (np.sign(slopes) == sign).all()


# --- the record -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", record.KINDS)
def test_the_record_shows_every_figure_with_its_source_and_what_is_said_against_it(kind):
    panel = central.panel("record")
    panel.set(kind=kind)
    rows = panel.exhibit.table.rows
    assert [(f.what, f.low, f.high, f.unit, f.sure) for f in record.facts_of(kind)] == run(panel.code)
    assert len(rows) == len(record.facts_of(kind))
    assert all(cell for row in rows for cell in row)
    bars = [t for t in panel.exhibit.figure.data if t.type == "bar" and t.showlegend is False]
    shown = [x for bar in bars for x in bar.x]
    assert sorted(shown) == sorted((f.low + f.high) / 2 for f in record.facts_of(kind))


@pytest.mark.parametrize("kind", record.KINDS)
def test_figures_of_different_units_never_share_an_axis(kind):
    figure = figures.record(kind).figure
    axes = {bar.xaxis for bar in figure.data if bar.type == "bar" and bar.showlegend is False}
    assert len(axes) == len({fact.unit for fact in record.facts_of(kind)})


def test_the_sentences_of_the_record_say_the_files_numbers():
    def text(kind):
        return figures.record(kind).sentence

    for kind, what in (("funded", ("277", "2,390", "2,000")), ("oil", ("55 %", "38.8 %", "33.5 %", "60 %"))):
        assert all(number in text(kind) for number in what)
        values = {f"{fact.low:,.10g}" for fact in record.facts_of(kind)}
        assert {number.removesuffix(" %") for number in what} == values
    hours = {fact.low for fact in record.facts_of("queues") if fact.unit == "hours a year"}
    assert hours == {160, round(1.5 * 365 + 0.4)}
    assert max(hours) / min(hours) > 3
    wages = [fact.low for fact in record.facts_of("wages")]
    assert f"between {min(wages):.1f} and {max(wages):.1f}" in text("wages")


def test_an_unknown_kind_and_an_unknown_view_are_refused_by_name():
    with pytest.raises(ValueError, match="no kind 'bread'"):
        record.facts_of("bread")
    with pytest.raises(ValueError, match="'market'"):
        central.panel("market")
    for view in room_controls.VIEWS:
        assert central.panel(view).exhibit.sentence


@pytest.mark.parametrize("view", ["office", "balances", "record"])
def test_what_moves_while_it_is_dragged_redraws_quickly(view):
    panel = central.panel(view)
    turns = {
        "office": [{"tailors": n} for n in range(90, 99)],
        "balances": [{"after": n % 13} for n in range(9)],
        "record": [{"kind": kind} for kind in record.KINDS],
    }[view]
    times = []
    for values in turns:
        start = time.process_time()
        panel.set(**values)
        times.append(time.process_time() - start)
    assert np.median(times) < 0.06, "three times what is promised: this machine may be slow"
