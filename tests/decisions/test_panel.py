"""The panels of lesson 02: picture, sentence, table and code say what the library computes."""

import re

import numpy as np
import pytest

from parecon_edu import decisions
from parecon_edu.decisions import AWAY, NIGHT_BUS, RULES, figures, night_bus, vote


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("away", AWAY)
def test_bars_table_and_code_show_each_doors_say(rule, away):
    panel = decisions.panel()
    panel.set(rule=rule, away=away, noise=3.5, share=70)
    count = vote(night_bus(3.5), rule, away=away, share=0.7)
    bars, yes, no = panel.exhibit.figure.data
    np.testing.assert_allclose(np.abs(bars.x)[::-1], 100 * count.say)
    assert all((x > 0) == (e > 0) for x, e in zip(bars.x[::-1], NIGHT_BUS.effect, strict=True) if x)
    assert yes.x[0] == pytest.approx(100 * count.decision.support)
    assert yes.x[0] + no.x[0] == pytest.approx(100)
    shares = [float(row[-1].split()[0]) for row in panel.exhibit.table.rows]
    np.testing.assert_allclose(shares, 100 * np.append(count.say, count.decision.support), atol=0.051)
    decision, say = run(panel.code)
    assert decision == count.decision
    np.testing.assert_allclose(say, count.say)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("away", AWAY)
def test_the_sentence_says_whether_it_runs_and_who_gains_and_loses(rule, away):
    exhibit = figures.tally(NIGHT_BUS, rule, away=away)
    runs = vote(NIGHT_BUS, rule, away=away).passes
    assert ("The bus runs" in exhibit.sentence) == runs
    assert ("does not run" in exhibit.sentence) != runs
    assert all(name in exhibit.sentence for name in NIGHT_BUS.names)
    assert "21" in exhibit.sentence
    assert "16" in exhibit.sentence


@pytest.mark.parametrize(("noise", "says"), [(0, "abstains"), (2, "stands aside"), (2.5, "objects")])
def test_under_consensus_a_small_loss_stands_aside(noise, says):
    exhibit = figures.tally(night_bus(noise), "consensus")
    assert exhibit.table.rows[4][3] == says
    assert ("Ines objects" in exhibit.sentence) == (says == "objects")


def test_when_nobody_loses_the_sentence_names_no_loser():
    gains = decisions.Doors([1, 2], [3, 1], names=("Bo", "Leila"))
    assert "harms nobody" in figures.tally(gains, "majority").sentence


def test_the_axes_stand_still_whatever_is_moved():
    panel = decisions.panel()
    frames = set()
    for rule in RULES:
        for away in AWAY:
            panel.set(rule=rule, away=away)
            layout = panel.exhibit.figure.layout
            frames.add((layout.height, layout.xaxis.range, layout.xaxis2.range))
    assert len(frames) == 1


def test_all_rules_side_by_side_are_those_of_the_panel():
    exhibit = figures.all_rules(NIGHT_BUS, away="indifferent")
    for row, rule in zip(exhibit.table.rows, RULES, strict=True):
        count = vote(NIGHT_BUS, rule, away="indifferent")
        assert row[0] == figures.RULE_WORDS[rule]
        assert float(row[1].split()[0]) == pytest.approx(100 * count.decision.support, abs=0.051)
        assert (row[3] == "yes") == count.passes
    assert exhibit.sentence.startswith("Four of the six rules let")
    assert figures.all_rules(NIGHT_BUS, away="tied").sentence.startswith("None of the six rules lets")
    np.testing.assert_allclose(
        exhibit.figure.data[0].x,
        [100 * vote(NIGHT_BUS, r, away="indifferent").decision.support for r in RULES][::-1],
    )


@pytest.mark.parametrize("reply", figures.REPLIES)
@pytest.mark.parametrize("exaggeration", [0, 14, 15, 60, 100])
def test_the_mark_lies_on_its_line_and_the_code_agrees(reply, exaggeration):
    panel = decisions.panel("reports")
    panel.set(exaggeration=exaggeration, reply=reply, checked=30)
    lines = {trace.name: trace for trace in panel.exhibit.figure.data[:3]}
    mark = panel.exhibit.figure.data[3]
    decision, say = run(panel.code)
    assert mark.y[0] == pytest.approx(100 * decision.support)
    thick = max(lines.values(), key=lambda trace: trace.line.width)
    assert np.interp(exaggeration, thick.x, thick.y) == pytest.approx(mark.y[0], abs=0.05)
    assert f"{100 * decision.support:.1f} %" in panel.exhibit.sentence
    assert ("so it runs" in panel.exhibit.sentence) == decision.passes
    shares = [float(row[-1].split()[0]) for row in panel.exhibit.table.rows]
    np.testing.assert_allclose(shares, 100 * say, atol=0.051)


def test_exaggeration_is_said_to_move_say_to_those_who_gain_it():
    panel = decisions.panel("reports")
    panel.set(exaggeration=15)
    gains, loses = re.search(r"moves say to (.*), away from (.*?)\. ", panel.exhibit.sentence).groups()
    assert gains == "Ngozi"
    assert loses == "Bo, Dita, Leila and Ines"
    assert "goes 15 % of the way to the largest claim" in panel.exhibit.sentence, "15 % is no 15 % more"
    panel.set(exaggeration=0)
    assert "everybody is honest" in panel.exhibit.sentence


@pytest.mark.parametrize("view", ["bus", "reports"])
def test_a_scenario_code_restores_the_panel(view):
    one, other = decisions.panel(view), decisions.panel(view)
    moves = {"rule": "quadratic", "noise": 7.5, "away": "tied"} if view == "bus" else {"reply": "budget", "checked": 9}
    one.set(**moves)
    other.restore(one.scenario_code)
    assert other.values == one.values
    assert other.exhibit.sentence == one.exhibit.sentence


def test_an_unknown_view_is_refused_by_name():
    with pytest.raises(ValueError, match="no panel 'votes'"):
        decisions.panel("votes")
