"""The panels of lesson 01: picture, sentence, table and code say what the library computes; weights are read back."""

import numpy as np
import pytest

from parecon_edu import values
from parecon_edu.lesson import learner, predict
from parecon_edu.values import FIELD, PEOPLE, SOCIETIES, VALUES, WAYS, divide, figures, first_shares, order, totals

OTHER = {value: SOCIETIES.measures(value)[1].name for value in VALUES}
MINE = {"equity": 5, "solidarity": 0, "diversity": 40, "self-management": 10, "efficiency": 15, "sustainability": 30}


@pytest.fixture(autouse=True)
def empty_store(monkeypatch, tmp_path):
    """A learner who has locked nothing yet, in a folder of their own."""
    monkeypatch.setenv("PARECON_COURSE", str(tmp_path))
    learner.forget()
    yield
    learner.forget()


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


@pytest.mark.parametrize("whose", ["even", *PEOPLE])
@pytest.mark.parametrize("how", WAYS)
def test_bars_table_sentence_and_code_show_the_same_totals(whose, how):
    panel = values.panel()
    panel.set(whose=whose, how=how)
    weights = PEOPLE[whose].points if whose in PEOPLE else [1] * 6
    made = 100 * totals(SOCIETIES, weights, how=how)
    exhibit = panel.exhibit
    bars = np.sum([bar.x for bar in exhibit.figure.data if bar.type == "bar"], axis=0)[::-1]
    np.testing.assert_allclose(bars, made)
    np.testing.assert_allclose([float(cell) for cell in exhibit.table.rows[6][1:6]], made, atol=0.051)
    np.testing.assert_allclose(run(panel.code), made)
    ranked = order(SOCIETIES, weights, how=how)
    assert f"{ranked[0]} comes first" in exhibit.sentence
    assert f"{ranked[-1]} comes last" in exhibit.sentence
    assert exhibit.table.rows[7][1 + SOCIETIES.names.index(ranked[0])] == "1st"


@pytest.mark.parametrize("value", ["none", *VALUES])
@pytest.mark.parametrize("whose", ["even", "Dita"])
def test_the_turn_shows_ranks_before_and_after(value, whose):
    panel = values.panel("turn")
    panel.set(value=value, whose=whose)
    weights = PEOPLE[whose].points if whose in PEOPLE else [1] * 6
    changed = {} if value == "none" else {value: OTHER[value]}
    before, after = order(SOCIETIES, weights), order(SOCIETIES, weights, indicators=changed)
    for line in panel.exhibit.figure.data:
        assert list(line.y) == [before.index(line.name) + 1, after.index(line.name) + 1]
    assert run(panel.code) == (before, after)
    for name in SOCIETIES.names:
        if before.index(name) < after.index(name):
            assert f"{name} falls" in panel.exhibit.sentence
        if before.index(name) > after.index(name):
            assert f"{name} rises" in panel.exhibit.sentence


def test_ones_own_weights_can_be_moved_and_handed_on():
    panel = values.panel()
    panel.set(whose="own", **{name.replace("-", "_"): points for name, points in MINE.items()})
    np.testing.assert_allclose(run(panel.code), 100 * totals(SOCIETIES, MINE))
    other = values.panel()
    other.restore(panel.scenario_code)
    assert other.exhibit.sentence == panel.exhibit.sentence
    assert "your weights" in panel.exhibit.sentence


def test_six_zeros_are_six_equal_weights():
    panel = values.panel()
    even = panel.exhibit.sentence
    panel.set(whose="own", **{name.replace("-", "_"): 0 for name in VALUES})
    assert panel.exhibit.sentence == even


def test_locked_weights_are_none_until_they_are_locked():
    assert values.locked_weights() is None
    assert "six equal weights" in values.panel().exhibit.sentence
    assert values.panel("turn").values["whose"] == "even"


@pytest.mark.parametrize("view", ["order", "turn"])
def test_locked_weights_are_read_back_and_stand_in_the_panels(view):
    predict("01.weights").lock(MINE)
    learner.forget()  # a new notebook
    np.testing.assert_allclose(values.locked_weights(), [MINE[value] / 100 for value in VALUES])
    panel = values.panel(view)
    assert panel.values["whose"] == "own"
    assert [panel.values[value.replace("-", "_")] for value in VALUES] == list(MINE.values())


def test_the_question_asks_for_the_six_values_in_the_order_of_the_arrays():
    assert predict("01.weights").asked.names == VALUES
    assert predict("01.harvest").asked.names == FIELD.names
    assert predict("01.harvest").asked.total == FIELD.sacks


def test_three_rules_four_people_and_all_weights_show_what_the_library_computes():
    rules = figures.three_rules(FIELD)
    for rule, bar in zip(figures.RULE_WORDS, rules.figure.data, strict=True):
        np.testing.assert_allclose(bar.y, divide(FIELD, rule))
    people = figures.four_people(SOCIETIES)
    assert [row[1:] for row in people.table.rows[:4]] == [order(SOCIETIES, p.points) for p in PEOPLE.values()]
    every = figures.all_weights(SOCIETIES, draws=1000)
    for row, changed in zip(every.table.rows, [{}, *({v: n} for v, n in OTHER.items())], strict=True):
        found = 100 * first_shares(SOCIETIES, indicators=changed, draws=1000)
        np.testing.assert_allclose([float(cell.split()[0]) for cell in row[1:]], found, atol=0.51)


@pytest.mark.parametrize("view", ["order", "turn"])
def test_the_axes_stand_still(view):
    panel = values.panel(view)
    frames = set()
    for whose in ("even", *PEOPLE):
        panel.set(whose=whose)
        layout = panel.exhibit.figure.layout
        frames.add((layout.height, layout.xaxis.range, layout.yaxis.range))
    assert len(frames) == 1


def test_what_is_said_for_and_against_stands_with_the_picture():
    panel = values.panel("turn")
    panel.set(value="self-management")
    said = str(panel.exhibit.details[0])
    assert "without a single meeting" in said
    assert "loud voice" in said
    assert "What is counted" in values.panel().exhibit.details[0].title
