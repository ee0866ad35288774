"""The panel of team effort: picture, sentence and table say what the library computes, and what theory asks of it."""

import numpy as np
import pytest

from parecon_edu import remuneration
from parecon_edu.remuneration.team_figures import team_effort


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


def bars(panel):
    return np.array(panel.exhibit.figure.data[0].y) / 100


STATES = [
    {},
    {"by_effort": 100},
    {"by_effort": 30, "n": 50, "sympathy": 20, "elasticity": 0.7},
    {"by_effort": 100, "n": 2, "elasticity": 0.5},
    {"by_effort": 0, "n": 12, "sympathy": 100, "elasticity": 0.9},
]


@pytest.mark.parametrize("values", STATES)
def test_picture_and_table_show_what_the_code_for_the_view_gives(values):
    panel = remuneration.panel("team")
    panel.set(**values)
    expected = run(panel.code)
    np.testing.assert_allclose(bars(panel), expected)
    for row, share in zip(panel.exhibit.table.rows, expected, strict=True):
        assert row[-1] == f"{100 * share:.0f} %"
        assert row[1] / row[2] == pytest.approx(share)
    marker = panel.exhibit.figure.data[2]
    assert list(marker.x) == [panel.values["by_effort"]]
    assert list(marker.y) == pytest.approx([100 * expected[3]])


@pytest.mark.parametrize("values", STATES)
def test_nothing_is_cut_off_and_the_axes_stand_still(values):
    panel = remuneration.panel("team")
    before = panel.exhibit.figure.layout
    panel.set(**values)
    after = panel.exhibit.figure.layout
    assert before.yaxis.range == after.yaxis.range
    assert before.yaxis2.range == after.yaxis2.range
    assert bars(panel).max() * 100 < after.yaxis.range[1] - 15, "the tallest bar and its label have room"
    curve = panel.exhibit.figure.data[1].y
    assert min(curve) > 0
    assert max(curve) < after.yaxis2.range[1]


def test_with_equal_shares_each_of_n_sees_one_nth_and_keeps_what_that_leaves():
    # Elasticity 1: effort is the share θ that comes back, and net is θ - θ²/2 against 1/2: 1 - (1 - θ)².
    panel = remuneration.panel("team")
    for n in (2, 4, 10, 50):
        panel.set(n=n)
        np.testing.assert_allclose(bars(panel), [1 / n, 1 / n, 1 / n, 1 - (1 - 1 / n) ** 2])


def test_the_sentence_names_what_comes_back_and_what_each_is_left_with():
    sentence = team_effort(4, by_effort=0).sentence
    assert "4 people share the pool equally" in sentence
    assert "0.25 comes back" in sentence
    assert "left with 44 %" in sentence
    assert "as well off as can be" in team_effort(4, by_effort=1).sentence
    assert "counts for them" in team_effort(4, by_effort=0.5, sympathy=0.2).sentence


def test_effort_pay_alone_makes_people_work_too_hard_where_more_effort_adds_less_and_less():
    # γ = ½, v = 1, n = 4: θ = ¼ + 2·¾ = 1.75, effort 1.75^(2/3) = 1.452 of the best, pool √1.452 = 1.205.
    exhibit = team_effort(4, by_effort=1, elasticity=0.5)
    assert "taken from workmates" in exhibit.sentence
    assert "works 45 % harder" in exhibit.sentence
    assert "121 %" in exhibit.sentence
    curve = exhibit.figure.data[1]
    assert curve.x[int(np.argmax(curve.y))] == pytest.approx(50), "the best share paid by effort is γ"
    assert max(curve.y) == pytest.approx(100)


def test_no_rule_and_no_sympathy_gives_more_than_the_best():
    for sympathy in (0, 0.3, 1):
        for elasticity in (0.5, 0.75, 1):
            curve = team_effort(7, by_effort=0.4, sympathy=sympathy, elasticity=elasticity).figure.data[1].y
            assert max(curve) <= 100 + 1e-9


def test_a_scenario_code_brings_back_the_same_team():
    panel, other = remuneration.panel("team"), remuneration.panel("team")
    panel.set(by_effort=35, n=9, sympathy=15, elasticity=0.8)
    other.restore(panel.scenario_code)
    assert other.exhibit.sentence == panel.exhibit.sentence
