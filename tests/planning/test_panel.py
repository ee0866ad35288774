"""The panels of lesson 08: what they show is what the library computes, and a half-played game can be handed over."""

import time

import ipywidgets as widgets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu import economy, planning
from parecon_edu.planning import board_figures, controls
from parecon_edu.planning.board import in_digits

CORNER = economy.scenario("riverside_corner")
VIEWS = ("board", "class", "watch", "plan", "overshoot", "hidden")


def run(code):
    """Paste the code for a view: run it, and give what its last line gives, and what it defined."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space), space


def everything(widget):
    return [widget, *(w for child in getattr(widget, "children", ()) for w in everything(child))]


def button(panel, label):
    return next(w for w in everything(panel) if isinstance(w, widgets.Button) and w.description == label)


def gaps_shown(exhibit):
    """Read the gaps out of the picture: bars by good, in percent, above 0 where a good is short."""
    bars = [trace for trace in exhibit.figure.data if trace.type == "bar"]
    return {int(place): float(x) for bar in bars for place, x in zip(bar.y, bar.x, strict=True)}


def detail(exhibit, title):
    return next(part.body for part in exhibit.details if part.title == title)


# --- the board ------------------------------------------------------------------------------------------------------


def test_moving_a_price_asks_nobody():
    panel = planning.panel()
    before = gaps_shown(panel.exhibit)
    panel.set(bread=4.4)
    assert gaps_shown(panel.exhibit) == before
    assert panel.values["rounds"] == ((3.0, 1.3, 5.0),)
    assert "Not asked yet: bread 3.00 → 4.40." in panel.exhibit.sentence


@pytest.mark.parametrize("town", ["riverside_corner", "riverside"])
def test_picture_table_sentence_and_code_show_what_the_councils_answer(town):
    panel = planning.panel(town=town)
    first = next(iter(panel.values))
    panel.set(**{first: panel.values[first] * 1.1})
    panel.press("ask")
    home = economy.scenario(town).economy
    prices = np.array(panel.values["rounds"][-1])
    supply, demand = home.respond(prices)
    gap = 200 * (demand - supply) / (demand + supply)
    shown = gaps_shown(panel.exhibit)
    np.testing.assert_allclose([shown[g] for g in range(len(prices))], np.clip(gap, -110, 110), rtol=1e-9)
    for row, s, d, g in zip(panel.exhibit.table.rows, supply, demand, gap, strict=True):
        assert row[2:4] == (round(s), round(d))
        assert ("short" in row[4]) == (g > 0)
    (code_supply, code_demand), space = run(panel.code)
    np.testing.assert_allclose(code_supply, supply)
    np.testing.assert_allclose(code_demand, demand)
    assert panel.exhibit.sentence.startswith(space["board"].sentence)


def test_the_buttons_in_the_page_do_what_pressing_does():
    panel = planning.panel()
    panel.set(bread=4, energy=1, hours=4)
    button(panel, "Ask the councils").click()
    assert len(panel.values["rounds"]) == 2
    button(panel, "Hint").click()
    assert panel.values["hints"] == 1
    button(panel, "Undo").click()
    assert panel.values["rounds"] == ((3.0, 1.3, 5.0),)
    assert panel.values["undone"] == 1
    assert panel.values["bread"] == 4, "the prices that were taken back stay set, to be mended"


def test_what_cannot_be_done_is_told_and_changes_nothing():
    panel = planning.panel()
    for label, words in (("Ask the councils", "not changed a price"), ("Undo", "nothing to take back")):
        before = panel.values
        button(panel, label).click()
        assert words in panel.message
        assert panel.values == before


def test_hints_come_one_by_one_and_start_anew_with_each_round():
    panel = planning.panel()
    assert detail(panel.exhibit, "Hint") == (board_figures.NO_HINT,)
    for level in (1, 2, 3):
        panel.press("hint")
        assert len(detail(panel.exhibit, "Hint")) == level
    with pytest.raises(ValueError, match="all the hints for this round"):
        panel.press("hint")
    panel.set(bread=4)
    panel.press("ask")
    assert detail(panel.exhibit, "Hint") == (board_figures.NO_HINT,)


def test_the_rules_stand_beside_the_score_only_when_the_goal_is_reached():
    panel = planning.panel()
    titles = [part.title for part in panel.exhibit.details]
    assert "Beside the rules" not in titles
    end = planning.plan(CORNER.economy, rule="accounts", threshold=1e-3).prices
    panel.set(**dict(zip(("bread", "energy", "hours"), end, strict=True)))
    panel.press("ask")
    beside = detail(panel.exhibit, "Beside the rules")
    found = planning.rule_rounds(planning.open_board(CORNER))
    assert {row[0]: row[1] for row in beside.rows} == {
        "you, by hand": "2",
        **{name: str(rounds) for name, rounds in found.items()},
    }


@given(
    asks=st.lists(st.tuples(st.floats(1, 8), st.floats(0.4, 3.5), st.floats(1.5, 14)), max_size=5),
    draft=st.tuples(st.floats(1, 8), st.floats(0.4, 3.5), st.floats(1.5, 14)),
    undo=st.booleans(),
)
@settings(deadline=None, max_examples=15)
def test_a_half_played_game_survives_its_code(asks, draft, undo):
    panel, other = planning.panel(), planning.panel()
    for prices in (*asks, draft):
        panel.set(**dict(zip(("bread", "energy", "hours"), prices, strict=True)))
        if prices is not draft and tuple(in_digits(prices)) != panel.values["rounds"][-1]:
            panel.press("ask")
    if undo and len(panel.values["rounds"]) > 1:
        panel.press("undo")
    other.restore(panel.scenario_code)
    assert other.values == panel.values
    assert other.exhibit.sentence == panel.exhibit.sentence
    assert other.exhibit.table == panel.exhibit.table
    np.testing.assert_array_equal(
        controls.board_of(other.values).now.demand, controls.board_of(panel.values).now.demand
    )


@pytest.mark.parametrize(
    "rounds", ["", "3_1.3_5~4_1", "3_1.3_0", "3_1.3_-5", "3_1.3_x", "3_1.3_inf", "~".join(["3_1.3_5"] * 101)]
)
def test_a_damaged_game_is_refused_and_the_old_one_stays(rounds):
    panel = planning.panel()
    before = panel.values
    code = f"board-riverside_corner-1?bread=3&energy=1.3&hours=5&rounds={rounds}&undone=0&hints=0"
    with pytest.raises((ValueError, TypeError)):
        panel.restore(code)
    assert panel.values == before


def test_a_code_of_the_corner_is_refused_by_the_whole_town():
    with pytest.raises(ValueError, match="belongs to the panel 'board-riverside_corner'"):
        planning.panel(town="riverside").restore(planning.panel().scenario_code)


def test_the_brave_begin_near_the_end_and_small_steps_bring_them_there():
    town = economy.scenario("riverside").economy
    end = planning.plan(town, rule="memory", threshold=1e-4).prices
    assert (np.abs(np.array(controls.NEARBY) / end - 1) < 1 / 6).all()
    small = planning.plan(town, rule=planning.proportional(0.12), start=controls.NEARBY, threshold=0.05)
    large = planning.plan(town, rule=planning.proportional(0.5), start=controls.NEARBY, threshold=0.05, max_rounds=60)
    assert small.rounds <= 10
    assert not large.converged


# --- the class ------------------------------------------------------------------------------------------------------


def slips(board):
    """Fill in the slips that the councils would hand in."""
    said = planning.replies(board)
    return [" ".join(f"{amount:.0f}" for amount in (*reply.offers.values(), *reply.asks.values())) for reply in said]


def test_typed_slips_give_the_same_board_as_the_model():
    panel = planning.panel("class")
    keys = [key for key in panel.values if key.startswith("slip_")]
    board = planning.open_board(CORNER)
    panel.set(**dict(zip(keys, slips(board), strict=True)))
    panel.press("add")
    shown = gaps_shown(panel.exhibit)
    np.testing.assert_allclose([shown[g] for g in range(3)], 100 * board.now.excess, atol=0.1)
    assert all(panel.values[key] == "" for key in keys), "the next round begins with empty slips"
    other = planning.panel("class")
    other.restore(panel.scenario_code)
    assert other.exhibit.sentence == panel.exhibit.sentence
    panel.press("undo")
    assert panel.exhibit.sentence.startswith("No round yet")


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        ("", "slip of Harbour is missing. It needs 2 numbers"),
        ("13000", "slip of Harbour has 1"),
        ("13,000 8500", "has 3. It needs 2 numbers, without commas"),
        ("-5 8500", "below 0"),
        ("1e999 8500", "no number"),
        ("a few", "can't read the slip of Harbour"),
    ],
)
def test_a_slip_that_cannot_be_read_is_named(slip, words):
    panel = planning.panel("class")
    keys = [key for key in panel.values if key.startswith("slip_")]
    panel.set(**dict(zip(keys, [*slips(planning.open_board(CORNER))[:-1], slip], strict=True)))
    with pytest.raises(ValueError, match=words.replace(".", r"\.")):
        panel.press("add")


@pytest.mark.parametrize("start", [None, [5.0, 0.9, 4.0]])
@pytest.mark.parametrize("workplace", CORNER.economy.workplaces)
def test_the_paper_card_gives_what_the_workplace_would_answer(workplace, start):
    card = planning.offer_card(CORNER, workplace, start=start)
    first = CORNER.economy.start if start is None else np.array(start)
    j = CORNER.economy.workplaces.index(workplace)
    base = economy.worker_proposals(CORNER.economy, first).output[j]
    assert f" offers {base:,.0f} " in card.caption
    looks_at = [int(CORNER.economy.product[j]), *[int(i) for i in CORNER.economy.inputs[j] if i >= 0]]
    up, down = card.rows[8], card.rows[2]
    prices = first.copy()
    factor = 1.0
    for n, g in enumerate(looks_at):
        row = up if n % 2 else down
        prices[g] = float(row[2 * n])
        factor *= float(row[2 * n + 1])
    expected = economy.worker_proposals(CORNER.economy, prices).output[j]
    assert factor * base == pytest.approx(expected, rel=0.02)


# --- watching -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("town", ["riverside_corner", "riverside"])
@pytest.mark.parametrize("rule", list(planning.RULES))
def test_watching_shows_the_rounds_of_the_rule(town, rule):
    panel = planning.panel("watch")
    panel.set(town=town, rule=rule)
    panel.press("next")
    year = planning.plan(economy.scenario(town).economy, rule=rule, threshold=0.05, max_rounds=64)
    shown = gaps_shown(panel.exhibit)
    assert np.abs(list(shown.values())).max() == pytest.approx(min(100 * year.worst[1], 110), rel=1e-9)
    (prices, worst), _ = run(panel.code)
    np.testing.assert_allclose(worst, year.worst[:2])
    np.testing.assert_allclose(prices, year.prices)
    panel.press("end")
    assert panel.values["round"] == year.rounds
    assert ("the proposals meet" in panel.exhibit.sentence) == year.converged
    with pytest.raises(ValueError, match="is the last one"):
        panel.press("next")
    panel.press("back")
    assert panel.values["round"] == year.rounds - 1


def test_every_councils_message_can_be_read_in_every_round():
    panel = planning.panel("watch")
    panel.set(round=4)
    said = detail(panel.exhibit, "What the councils answer")
    assert len(said) == 7
    assert all("offers" in words or "asks for" in words for words in said)


# --- the plan, the wild board, the quiet council --------------------------------------------------------------------


def test_the_plan_shows_what_the_library_plans():
    panel = planning.panel("plan")
    panel.set(points=10, who="Hilltop", good="tools")
    (output, smoke, charge), space = run(panel.code)
    rows = {row[0]: row for row in panel.exhibit.table.rows}
    for name, amount, ratio in zip(space["town"].workplaces, output, space["now"].proposals.benefit_cost, strict=True):
        shown = float(rows[name][1].split()[0].replace(",", ""))
        assert shown == pytest.approx(amount, rel=2e-3, abs=0.6)
        assert rows[name][2] == f"{ratio:.2f}"
        assert ratio > 1
    panel.set(show="gets")
    consumption, _ = run(panel.code)
    shown = np.array([row[1:] for row in panel.exhibit.table.rows], dtype=float)
    np.testing.assert_allclose(shown, consumption[:, :5], rtol=2e-3, atol=0.6)
    assert smoke.sum() > 0
    assert charge > 0


@pytest.mark.parametrize(("kappa", "settles"), [(0.1, True), (0.15, True), (0.2, True), (0.4, False), (0.6, False)])
def test_the_wild_board_says_whether_it_settles(kappa, settles):
    panel = planning.panel("overshoot")
    panel.set(kappa=kappa)
    (converged, worst), _ = run(panel.code)
    assert converged == settles
    assert ("the proposals meet" in panel.exhibit.sentence) == settles
    assert ("overshoots and never settles" in panel.exhibit.sentence) == (not settles)
    line = next(
        trace
        for trace in panel.exhibit.figure.data
        if trace.name == f"reaction {kappa:.2f}" and trace.line.color == "#D55E00"
    )
    np.testing.assert_allclose(line.y, np.clip(100 * worst, 1.05, 240))


def test_a_timid_board_is_not_called_wild():
    panel = planning.panel("overshoot")
    panel.set(kappa=0.05)
    assert "too timid" in panel.exhibit.sentence


@pytest.mark.parametrize("both", [False, True])
def test_the_quiet_councils_two_numbers_are_the_librarys(both):
    panel = planning.panel("hidden")
    panel.set(share=40, both=both)
    (ratio, means), _ = run(panel.code)
    left, right = [trace for trace in panel.exhibit.figure.data if trace.type == "bar"]
    np.testing.assert_allclose(left.y, ratio[[2, 3]])
    np.testing.assert_allclose(right.y, [1, *means])
    assert f"its benefit/cost is {ratio[2]:.2f} as before" in panel.exhibit.sentence


# --- all views ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_two_copies_do_not_touch_and_codes_restore(view):
    one, two, three = (planning.panel(view) for _ in range(3))
    key = next(name for name, value in one.values.items() if isinstance(value, float | int) and value is not True)
    old = two.values
    one.set(
        **{
            key: 20
            if view == "plan"
            else 3
            if view in ("watch", "board", "class")
            else 0.25
            if view == "overshoot"
            else 30
        }
    )
    assert two.values == old
    three.restore(one.scenario_code)
    assert three.exhibit.sentence == one.exhibit.sentence


@pytest.mark.parametrize("view", VIEWS)
def test_every_control_has_a_spoken_name_and_every_button_a_label(view):
    panel = planning.panel(view)
    names = next(child for child in panel.children if type(child).__name__ == "Names")
    for field in panel._fields.values():
        for widget in field.named:
            assert any(mark in names.names for mark in widget._dom_classes)
    assert all(w.description for w in everything(panel) if isinstance(w, widgets.Button))


@pytest.mark.parametrize("view", VIEWS)
def test_a_redraw_is_quick(view):
    """20 ms on an idle machine; processor time and a wide margin, so that a busy one does not fail it."""
    panel = planning.panel(view)
    key, low, step = {
        "board": ("bread", 3, 0.01),
        "class": ("bread", 3, 0.01),
        "watch": ("round", 1, 1),
        "plan": ("points", 1, 1),
        "overshoot": ("kappa", 0.06, 0.01),
        "hidden": ("share", 1, 1),
    }[view]
    spent = []
    for n in range(9):
        began = time.process_time()
        panel.set(**{key: low + step * n})
        spent.append(time.process_time() - began)
    assert np.median(spent) < 0.06


def test_an_unknown_view_is_refused_by_name():
    with pytest.raises(ValueError, match=r"no panel 'market' in this topic\. Choose 'board'"):
        planning.panel("market")
