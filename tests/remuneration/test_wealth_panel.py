"""The panel of fair coins: one history looked at year by year, said as it is."""

import numpy as np
import pytest

from parecon_edu import remuneration
from parecon_edu.remuneration import gini, yard_sale
from parecon_edu.remuneration.wealth_figures import NAMES, YEARS, fair_coins


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


STATES = [
    {},
    {"year": 200},
    {"year": 35, "redistribution": 2, "n": 12, "seed": 7},
    {"year": 200, "fraction": 50, "n": 4, "redistribution": 0.5},
    {"year": 120, "fraction": 0},
    {"year": 200, "fraction": 50, "n": 12},
]


@pytest.mark.parametrize("values", STATES)
def test_picture_and_table_show_what_the_code_for_the_view_gives(values):
    panel = remuneration.panel("yard_sale")
    panel.set(**values)
    wealth, inequality, top = run(panel.code)
    bars, ginis, tops = panel.exhibit.figure.data[:3]
    np.testing.assert_allclose(bars.y, 100 * wealth / wealth.sum())
    assert list(bars.x) == list(NAMES[: panel.values["n"]])
    assert ginis.y[-1] == pytest.approx(inequality)
    assert tops.y[-1] == pytest.approx(top)
    assert list(ginis.x)[-1] == panel.values["year"]
    np.testing.assert_allclose([row[1] for row in panel.exhibit.table.rows], wealth, atol=0.051)
    assert np.isfinite(bars.y).all()
    assert max(bars.y) < panel.exhibit.figure.layout.yaxis.range[1] - 8, "the tallest bar and its label have room"


def test_moving_the_year_looks_at_one_history_and_does_not_toss_new_coins():
    panel = remuneration.panel("yard_sale")
    panel.set(year=200)
    whole = list(panel.exhibit.figure.data[1].y)
    for year in (0, 60, 150):
        panel.set(year=year)
        curve = list(panel.exhibit.figure.data[1].y)
        assert curve == whole[: len(curve)]


def test_the_axes_stand_still():
    panel = remuneration.panel("yard_sale")
    before = panel.exhibit.figure.layout
    for values in STATES:
        panel.set(**values)
        after = panel.exhibit.figure.layout
        assert (before.yaxis.range, before.xaxis2.range, before.height) == (
            after.yaxis.range,
            after.xaxis2.range,
            after.height,
        )


def test_the_sentence_names_the_richest_the_poorest_and_how_many_have_next_to_nothing():
    # Three people and a history written by hand: Bo has 240 of 300, Chen 55, Amara 5.
    history = np.array([[100.0, 100, 100]] * 3 + [[5.0, 240, 55]])
    sentence = fair_coins(history, year=1).sentence
    assert "Bo has 240 of 300, 80 % of everything" in sentence
    assert "Amara has 5.0" in sentence
    assert "One person has less than a tenth of the 100" in sentence
    # Sums over all pairs: (235 + 50 + 185) · 2 / (2 · 9 · 100).
    assert f"Gini is {470 / 900:.2f}" in sentence
    assert "it would be 0.67" in sentence


def test_one_bar_is_marked_as_the_richest_and_none_while_all_have_the_same():
    history = np.array([[100.0, 100, 100]] * 3 + [[5.0, 240, 55]])
    assert list(fair_coins(history, year=0).figure.data[0].marker.pattern.shape) == ["", "", ""]
    assert list(fair_coins(history, year=1).figure.data[0].marker.pattern.shape) == ["", "/", ""]


def test_redistribution_is_laid_beside_the_same_coins_without_it():
    with_it = np.array([[100.0, 100, 100]] * 3 + [[60.0, 150, 90]])
    without = np.array([[100.0, 100, 100]] * 3 + [[5.0, 240, 55]])
    exhibit = fair_coins(with_it, year=1, without=without)
    assert "leave Bo with 80 % and a Gini of 0.52" in exhibit.sentence
    assert "Bo has less with it, Amara and Chen have more." in exhibit.sentence
    assert exhibit.figure.data[3].y[-1] == pytest.approx(gini(without[-1]))


def test_the_more_is_redistributed_the_more_equal_the_end():
    ends = []
    for redistribution in (0, 0.5, 2, 10):
        panel = remuneration.panel("yard_sale")
        panel.set(year=200, redistribution=redistribution)
        ends.append(panel.exhibit.figure.data[1].y[-1])
    assert ends == sorted(ends, reverse=True)
    assert ends[0] > 0.8
    assert ends[-1] < 0.3


def test_the_panel_says_that_all_are_alike_when_nothing_is_at_stake():
    panel = remuneration.panel("yard_sale")
    panel.set(fraction=0, year=200)
    assert "all 10 still have 100" in panel.exhibit.sentence
    assert panel.exhibit.figure.data[1].y[-1] == 0


def test_a_scenario_code_brings_back_the_same_coins():
    panel, other = remuneration.panel("yard_sale"), remuneration.panel("yard_sale")
    panel.set(year=80, fraction=35, redistribution=1.5, n=11, seed=42)
    other.restore(panel.scenario_code)
    assert other.exhibit.sentence == panel.exhibit.sentence


def test_a_history_is_as_long_as_the_panel_says_and_there_is_a_name_for_everybody():
    assert len(set(NAMES)) == len(NAMES) == 12
    assert len(yard_sale(np.ones(4), fraction=0.1, rounds=4 * YEARS, seed=1)) == 4 * YEARS + 1
