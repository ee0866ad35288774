"""The panels of side rooms 06b, 06c and 06d: picture, sentence and table say what the library computes."""

import functools
import itertools

import numpy as np
import pytest

from parecon_edu.institutions.market import room_controls, room_figures
from parecon_edu.institutions.market.discipline import needed_wage, settle
from parecon_edu.institutions.market.harm import SMOKE, charged, talks, tolls
from parecon_edu.institutions.market.power import hire, sell

ROOMS = {"harm": room_controls.harm, "power": room_controls.power, "discipline": room_controls.discipline}
OTHERS = {room: make() for room, make in ROOMS.items()}
STATES = {
    "harm": [
        {},
        {"charge": 40},
        {"charge": 117},
        {"way": "community"},
        {"way": "tolls", "parts": 1},
        {"way": "tolls", "parts": 40},
        {"way": "talks", "parts": 1},
        {"way": "talks", "parts": 7},
    ],
    "power": [
        {},
        {"n": 1},
        {"n": 7, "fixed": 100},
        {"n": 12, "fixed": 200},
        {"n": 1, "look": "hiring"},
        {"n": 3, "look": "hiring", "strength": 35},
        {"n": 1, "look": "hiring", "strength": 100},
        {"n": 12, "look": "hiring", "strength": 100},
    ],
    "discipline": [
        {},
        {"seen": 1},
        {"seen": 4, "out": 15},
        {"seen": 1, "out": 15, "ends": 60},
        {"seen": 1, "guarantee": True},
        {"seen": 1, "guarantee": True, "pay": 18, "ends": 60, "useful": 40},
        {"seen": 1, "guarantee": True, "pay": 5},
        {"seen": 24, "out": 0, "ends": 5},
    ],
}
ALL = [(room, values) for room, states in STATES.items() for values in states]


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


def panel_at(room, values):
    return kept(room, tuple(values.items()))


@functools.cache
def kept(room, values):
    """Make a panel for several tests that only read it: making one takes most of their time."""
    panel = ROOMS[room]()
    panel.set(**dict(values))
    return panel


def bars(panel):
    return list(panel.exhibit.figure.data[-1].y)


def shown(room, got):
    """Bars and diamond that the numbers of the library ask for."""
    if room == "harm":
        return [got.plant, got.downwind, got.town, got.together], (got.emissions, min(got.charge, 100))
    if room == "discipline":
        return [got.wage, got.enough, got.enough - 5], (100 - 100 * got.unemployed, got.wage)
    if hasattr(got, "hours"):
        return [got.workers, got.employers, got.lost], (got.hours, got.wage)
    return [got.buyers, got.sellers, got.lost], (got.quantity, got.price)


@pytest.mark.parametrize(("room", "values"), ALL)
def test_picture_shows_what_the_code_for_the_view_gives(room, values):
    panel = panel_at(room, values)
    expected, place = shown(room, run(panel.code))
    assert bars(panel) == pytest.approx(expected)
    diamond = next(trace for trace in panel.exhibit.figure.data if trace.name == "now")
    assert (diamond.x[0], diamond.y[0]) == pytest.approx(place)


@pytest.mark.parametrize(("room", "values"), ALL)
def test_nothing_is_cut_off_and_the_axes_stand_still(room, values):
    panel = panel_at(room, values)
    layout = panel.exhibit.figure.layout
    start = panel_at(room, {k: v for k, v in values.items() if k == "look"}).exhibit.figure.layout
    for axis in ("xaxis", "yaxis", "yaxis2"):
        assert layout[axis].range == start[axis].range
    assert layout.height == start.height
    low, high = layout.yaxis2.range
    room_for_label = 0.05 * (high - low)
    assert all(low + (room_for_label if bar < 0 else 0) <= bar <= high - room_for_label for bar in bars(panel))
    diamond = next(trace for trace in panel.exhibit.figure.data if trace.name == "now")
    assert layout.xaxis.range[0] <= diamond.x[0] <= layout.xaxis.range[1]
    assert layout.yaxis.range[0] <= diamond.y[0] <= layout.yaxis.range[1]


@pytest.mark.parametrize(("room", "values"), ALL)
def test_a_scenario_code_brings_back_the_same_view(room, values):
    panel, other = panel_at(room, values), OTHERS[room]
    other.restore(panel.scenario_code)
    assert other.exhibit.sentence == panel.exhibit.sentence
    assert str(other.exhibit.table) == str(panel.exhibit.table)


def corner(x, y):
    """Area of a polygon by its corners."""
    x, y = np.array(x), np.array(y)
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


@pytest.mark.parametrize(("room", "values"), [case for case in ALL if case[0] != "discipline"])
def test_the_hatched_triangle_is_as_large_as_what_is_lost(room, values):
    panel = panel_at(room, values)
    area = next(trace for trace in panel.exhibit.figure.data if trace.name == "lost")
    got = run(panel.code)
    shops = (values.get("n", 12) - 1) * values.get("fixed", 0)
    if panel.values.get("charge", 0) <= SMOKE.first_gain:
        assert corner(area.x, area.y) == pytest.approx(got.lost - shops, abs=1e-6)


# --- 06b --------------------------------------------------------------------------------------------------------------


def test_the_sentence_says_who_is_left_with_what():
    free = room_figures.settlement("town").sentence
    assert "Smoke costs the plant nothing" in free
    assert "left with 2,500" in free
    assert "those downwind are 1,750 worse off" in free
    assert "600 is lost: 20 units harm more than they are worth" in free
    right = room_figures.settlement("town", charge=40).sentence
    assert "the town hall takes in 1,200" in right
    assert "as much as can be" in right
    dear = room_figures.settlement("town", charge=80).sentence
    assert "600 is lost: 20 units are missing" in dear


def test_those_downwind_are_paid_or_pay_by_who_has_the_right():
    assert "450 better off" in room_figures.settlement("community").sentence
    assert "sell permission in one voice" in room_figures.settlement("tolls", parts=1).sentence
    assert "in 4 parts, each for itself; all tolls together come to 83.6" in room_figures.settlement("tolls").sentence
    assert "1,150 worse off" in room_figures.settlement("talks", parts=1).sentence


def test_the_table_lays_the_best_beside_it():
    rows = {row[0]: row[1:] for row in room_figures.settlement("talks", parts=4).table.rows}
    assert rows["units of smoke"] == pytest.approx((talks(4).emissions, 30))
    assert rows["lost"] == pytest.approx((talks(4).lost, 0))
    assert room_figures.settlement("tolls", parts=2).table.rows[1][1] == pytest.approx(tolls(2).charge)
    assert room_figures.settlement("town", charge=25).table.rows[4][1] == charged(25).town


# --- 06c --------------------------------------------------------------------------------------------------------------


def test_selling_names_price_gain_and_loss():
    sentence = room_figures.few("selling", 2).sentence
    assert "2 bakeries sell 53.3 trays at 46.7" in sentence
    assert "356 is lost: bread that is worth more than 20 to somebody and is not baked" in sentence
    assert "One bakery sells 40 trays at 60" in room_figures.few("selling", 1).sentence


def test_dear_shops_are_counted_and_whoever_would_not_stay_is_said():
    seven = room_figures.few("selling", 7, fixed=100).sentence
    assert "50 in bread not baked and 600 in shops beyond the first" in seven
    assert "would not stay" not in seven
    assert "at most 7 can pay for their shops" in room_figures.few("selling", 8, fixed=100).sentence
    assert "together lose" in room_figures.few("selling", 8, fixed=100).sentence


def test_hiring_names_pay_worth_and_the_union():
    alone = room_figures.few("hiring", 1).sentence
    assert "One workshop hires 50 hours at 25; the last one is worth 40, 60 % more than it is paid" in alone
    assert "stay at home" in alone
    assert "nothing is lost" in room_figures.few("hiring", 1, strength=0.6).sentence
    strong = room_figures.few("hiring", 1, strength=1.0).sentence
    assert "50 more hours would come at this pay and are not hired" in strong


def test_tables_hold_the_library_s_numbers():
    table = {row[0]: row[1] for row in room_figures.few("selling", 4, fixed=60).table.rows}
    assert table["together"] == sell(4, fixed=60).together
    table = {row[0]: row[1] for row in room_figures.few("hiring", 4, strength=0.2).table.rows}
    assert table["workers gain"] == hire(4, strength=0.2).workers


# --- 06d --------------------------------------------------------------------------------------------------------------


def test_the_dashed_line_is_the_pay_at_which_people_work_hard():
    figure = room_figures.jobs(1, out=12, ends=0.3).figure
    line = next(trace for trace in figure.data if trace.name == "pay at which people work hard")
    for at, pay in itertools.islice(zip(line.x, line.y, strict=True), 0, None, 8):
        assert pay == pytest.approx(min(80, needed_wage(1 - at / 100, out=12, seen=1, ends=0.3)))
    assert (np.diff(line.y) >= 0).all(), "the fewer are without work, the more must be paid"


def test_the_sentence_counts_people_and_weeks():
    once = room_figures.jobs(1).sentence
    assert "noticed once a year" in once
    assert "pay 25.5 and hire 90 of 100" in once
    assert "10 are without work, on 10 a week; they would come for 15" in once
    assert "29 weeks" in once
    assert "work is found in days" in room_figures.jobs(24).sentence


def test_a_guaranteed_job_is_counted_and_one_that_pays_too_little_is_not_taken():
    sentence = room_figures.jobs(1, guarantee=15, useful=20).sentence
    assert "The other 16.7 have the guaranteed job at 15" in sentence
    assert "Nobody is without work" in sentence
    rows = {row[0]: row[1] for row in room_figures.jobs(1, guarantee=15, useful=20).table.rows}
    assert rows["of 100, without work"] == 0
    assert rows["what all work brings, for each person"] == settle(guarantee=15, useful=20).output
    assert "10 are without work" in room_figures.jobs(1, guarantee=5, useful=20).sentence


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: room_figures.settlement("king"), "no way 'king'"),
        (lambda: room_figures.few("renting", 2), "no picture of 'renting'"),
        (lambda: room_figures.few("selling", 0), "number of sellers"),
        (lambda: room_figures.jobs(0), "How often it is noticed"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()
