"""The panels of the side rooms: picture, sentence, table and code say what the library computes."""

from itertools import product

import numpy as np
import pytest

from parecon_edu import decisions
from parecon_edu.decisions import RING, advised, agenda, banzhaf, best_threshold, expert, herd, shapley_shubik, winner
from parecon_edu.decisions.room_figures import power, quota


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


@pytest.mark.parametrize(
    ("votes", "needed"), [((50, 49, 1), 50), ((30, 30, 30), 67), ((60, 20, 20), 50), ((7, 5, 1), 90)]
)
def test_power_shows_votes_and_both_indices(votes, needed):
    panel = decisions.panel("power")
    panel.set(**dict(zip(("first", "second", "third"), votes, strict=True)), needed=needed)
    need = quota(votes, needed / 100)
    bars = [np.array(trace.y) / 100 for trace in panel.exhibit.figure.data]
    np.testing.assert_allclose(bars[0], np.array(votes) / sum(votes))
    np.testing.assert_allclose(bars[1], banzhaf(need, votes))
    np.testing.assert_allclose(bars[2], shapley_shubik(need, votes))
    swing, pivot = run(panel.code)
    np.testing.assert_allclose(swing, bars[1])
    np.testing.assert_allclose(pivot, bars[2])
    assert f"It takes {need} of {sum(votes)} votes" in panel.exhibit.sentence


@pytest.mark.parametrize(
    ("votes", "share", "needed"), [((50, 49, 1), 0.5, 51), ((1, 1, 1), 2 / 3, 2), ((3, 3), 0.5, 4), ((5, 5), 1, 10)]
)
def test_the_quota_is_more_than_half_or_at_least_the_share(votes, share, needed):
    assert quota(votes, share) == needed


def test_the_sentence_on_power_names_the_surprise():
    towns = ("Riverside", "Weirton", "Heron Ferry")
    assert "20 % of the power, as much as Weirton with 49 votes" in power(towns, (50, 49, 1), 0.5).sentence
    assert power(towns, (50, 49, 1), 0.5).figure.data[0].x[2] == "Heron Ferry<br>1 vote"
    assert "no coalition ever needs Heron Ferry" in power(towns, (50, 49, 1), 0.6).sentence
    assert "Riverside decides alone" in power(towns, (60, 20, 20), 0.5).sentence


@pytest.mark.parametrize(
    ("p", "n", "follow", "skill", "trust", "interest"), [(55, 101, 0, 80, 10, 0), (45, 7, 30, 95, 100, 40)]
)
def test_experts_and_juries_stand_where_the_library_puts_them(p, n, follow, skill, trust, interest):
    panel = decisions.panel("experts")
    panel.set(p=p, n=n, follow=follow, skill=skill, trust=trust, interest=interest)
    more = {"skill": skill / 100, "own_interest": interest / 100}
    wanted = (herd(p / 100, n, follow=follow / 100), expert(**more), advised(p / 100, n, trust=trust / 100, **more))
    np.testing.assert_allclose([trace.y[0] / 100 for trace in panel.exhibit.figure.data[3:]], wanted)
    np.testing.assert_allclose(run(panel.code), wanted)
    for row, value in zip(panel.exhibit.table.rows, wanted, strict=True):
        assert float(row[1].split()[0]) == pytest.approx(100 * value, abs=0.051)
    best = ("the people, ", "the expert decides", "the expert advises")[int(np.argmax(wanted))]
    assert f"Best here: {best}" in panel.exhibit.sentence


def test_an_even_number_of_voters_is_refused_in_words_and_put_back():
    panel = decisions.panel("experts")
    with pytest.raises(ValueError, match="must be odd"):
        panel.set(n=100)
    assert panel.values["n"] == 101


def test_every_three_ballots_are_told_as_they_are():
    panel = decisions.panel("circle")
    for places in product((1, 4), range(1, 7), range(1, 7)):
        panel.set(leila=places[0], bo=places[1], ines=places[2])
        ballots = [RING[place - 1] for place in places]
        best = winner(ballots)
        sentence = panel.exhibit.sentence
        assert ("in a circle" in sentence) == (best is None)
        assert all("–".join(ballot) in sentence for ballot in ballots), "each drag is heard"
        left = f"{agenda(ballots, 'BCA')} wins"
        assert (left if best is None else "wins on every agenda") in sentence
        assert best is None or f". {best} (" in sentence


def test_the_circle_shows_the_ballots_and_its_code_agrees():
    panel = decisions.panel("circle")
    panel.set(leila=1, bo=3, ines=5, order="CAB")
    marks = {(trace.text, x, y) for trace in panel.exhibit.figure.data for x, y in zip(trace.x, trace.y, strict=True)}
    columns = sorted({x for _, x, _ in marks if x < 1.2})
    shown = ["".join(o for o, x, y in sorted(marks, key=lambda m: -m[2]) if x == column) for column in columns]
    assert shown == ["ABC", "BCA", "CAB"]
    table, best, left = run(panel.code)
    assert table.tolist() == [[0, 2, 1], [1, 0, 2], [2, 1, 0]]
    assert (best, left) == (None, "B")
    arrows = [a for a in panel.exhibit.figure.layout.annotations if a.showarrow]
    assert len(arrows) == 3


@pytest.mark.parametrize("loss", [0.5, 1, 3, 5])
def test_the_best_rule_is_marked_where_the_formula_puts_it(loss):
    panel = decisions.panel("constitution")
    panel.set(loss=loss)
    everyone, me = run(panel.code)
    np.testing.assert_allclose(panel.exhibit.figure.data[0].y, everyone)
    np.testing.assert_allclose(panel.exhibit.figure.data[1].y, me)
    best = panel.exhibit.figure.data[2].x[0]
    assert best == best_threshold(11, loss=loss)
    assert f"{best} of 11 is the best rule" in panel.exhibit.sentence


def test_whoever_expects_to_win_asks_for_less_consent():
    panel = decisions.panel("constitution")
    asked = []
    for mine in (20, 50, 80):
        panel.set(loss=3, mine=mine)
        asked.append(panel.exhibit.figure.data[3].x[0])
    assert asked == sorted(asked, reverse=True)
    assert asked[0] > asked[-1]


def test_meetings_that_cost_call_for_less_consent():
    panel = decisions.panel("constitution")
    panel.set(loss=5)
    free = panel.exhibit.figure.data[2].x[0]
    panel.set(cost=5)
    assert panel.exhibit.figure.data[2].x[0] < free


@pytest.mark.parametrize("view", ["power", "experts", "circle", "constitution"])
def test_a_scenario_code_restores_the_panel(view):
    one, other = decisions.panel(view), decisions.panel(view)
    name, value = next(iter(one.values.items()))
    one.set(**{name: value + 2})
    other.restore(one.scenario_code)
    assert other.values == one.values
