"""The panels of lesson 04: what they show is what the library computes, in the picture, the sentence and the table."""

import re
from itertools import permutations

import numpy as np
import pytest

from parecon_edu import remuneration
from parecon_edu.remuneration import BAKERY, NORMS, figures, gains, gini, pay

MINE = remuneration.People(
    [10, 20, 30],
    [1, 1, 2],
    [1, 1, 1],
    [5, 5, 10],
    [1, 0, 0],
    [1, 2, 3],
    [1, 1, 1],
    [True, True, False],
    names=("Ali", "Béa", "O'Neil"),
)


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("people", [BAKERY, MINE], ids=["bakery", "mine"])
def test_picture_and_table_show_what_the_library_computes(norm, people):
    exhibit = figures.shares(people, norm, pool=1200)
    expected = pay(people, norm, pool=1200)
    np.testing.assert_allclose(exhibit.figure.data[0].y, expected)
    np.testing.assert_allclose([row[-1] for row in exhibit.table.rows], expected, atol=0.005)
    assert list(exhibit.figure.data[0].x) == list(people.names)
    assert expected.max() < exhibit.figure.layout.yaxis.range[1], "no bar is cut off"


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("people", [BAKERY, MINE], ids=["bakery", "mine"])
def test_the_code_for_this_view_gives_the_numbers_shown(norm, people):
    panel = remuneration.panel(people=people)
    panel.set(norm=norm)
    np.testing.assert_allclose(run(panel.code), panel.exhibit.figure.data[0].y)


@pytest.mark.parametrize(("norm", "against"), list(permutations(NORMS, 2)))
def test_comparing_says_who_gains_and_who_loses(norm, against):
    panel = remuneration.panel()
    panel.set(norm=norm, against=against)
    moved = gains(BAKERY, norm, against=against, pool=1200)
    takes, gives = re.search(r" takes (.*) and gives (.*?)\. ", panel.exhibit.sentence).groups()
    for name, step in zip(BAKERY.names, moved, strict=True):
        assert (name in takes) == (step <= -0.5)
        assert (name in gives) == (step >= 0.5)
    difference, before, after = run(panel.code)
    np.testing.assert_allclose(difference, moved)
    assert f"{before:.2f}" in panel.exhibit.sentence
    assert f"{after:.2f}" in panel.exhibit.sentence
    rises = "rises" in panel.exhibit.sentence
    assert rises == (after > before + 0.005)


def test_comparing_a_rule_with_itself_moves_nobody():
    panel = remuneration.panel()
    panel.set(norm="need", against="need")
    assert "nobody gains and nobody loses" in panel.exhibit.sentence


def test_the_axis_stands_still_when_the_rule_changes():
    ranges = {figures.shares(BAKERY, norm, pool=1200).figure.layout.yaxis.range for norm in NORMS}
    assert len(ranges) == 1


def test_all_norms_side_by_side_are_ordered_by_inequality_and_name_each_ones_best():
    exhibit = figures.all_norms(BAKERY, pool=1200)
    ginis = [float(row[-1]) for row in exhibit.table.rows]
    assert ginis == sorted(ginis)
    assert len(exhibit.table.rows) == len(NORMS)
    for trace in exhibit.figure.data:
        best = figures.NORM_WORDS[max(NORMS, key=lambda n: pay(BAKERY, n, pool=1200)[BAKERY.names.index(trace.name)])]
        assert f"{trace.name} is best off under “{best}”" in exhibit.sentence


def test_the_lorenz_curves_are_those_of_the_two_pays():
    exhibit = figures.change(BAKERY, "effort", against="output", pool=1200)
    curves = [trace for trace in exhibit.figure.data if trace.type == "scatter"][1:]
    for trace, norm in zip(curves, ("effort", "output"), strict=True):
        population, share = remuneration.lorenz(pay(BAKERY, norm, pool=1200))
        np.testing.assert_allclose(trace.x, population)
        np.testing.assert_allclose(trace.y, share)
        area = np.trapezoid(trace.y, trace.x)
        assert 1 - 2 * area == pytest.approx(gini(pay(BAKERY, norm, pool=1200)))


def test_an_unknown_view_is_refused_by_name():
    with pytest.raises(ValueError, match="no panel 'wages'"):
        remuneration.panel("wages")


def ratings_panel(**values):
    panel = remuneration.panel("ratings")
    panel.set(**values)
    return panel


@pytest.mark.parametrize("people", [BAKERY, MINE], ids=["bakery", "mine"])
@pytest.mark.parametrize(
    "values",
    [
        {},
        {"favouritism": 40},
        {"favouritism": 40, "noise": 20, "raters": "outside"},
        {"inflation": 30, "cap": False},
        {"favouritism": 100, "raters": "rotating", "noise": 15, "inflation": 50},
    ],
)
def test_the_code_for_the_ratings_gives_the_numbers_shown(values, people):
    panel = remuneration.panel("ratings", people=people)
    panel.set(**values)
    np.testing.assert_allclose(run(panel.code), panel.exhibit.figure.data[1].y, atol=1e-9)


def test_a_ring_takes_from_the_third_and_the_cap_does_not_see_it():
    # Chen is rated by two, both in the ring: each hands on 40 % of Chen's rating, so Chen loses 40 % of 254.72.
    with_cap, without = ratings_panel(favouritism=40), ratings_panel(favouritism=40, cap=False)
    chen = BAKERY.names.index("Chen")
    assert with_cap.exhibit.figure.data[1].y[chen] == pytest.approx(0.6 * 254.7170, abs=1e-3)
    np.testing.assert_allclose(with_cap.exhibit.figure.data[1].y, without.exhibit.figure.data[1].y)
    assert "Chen loses 102" in with_cap.exhibit.sentence
    assert "average rating is 1.00" in with_cap.exhibit.sentence


def test_rating_everybody_up_takes_from_next_door_only_without_a_cap():
    # Two workplaces with three able people each and 1,800 for the six: ratings of 1.3 and 1 share it 1.3 to 1.
    free, capped = ratings_panel(inflation=30, cap=False), ratings_panel(inflation=30)
    assert sum(free.exhibit.figure.data[1].y) == pytest.approx(300 + 1800 * 1.3 / 2.3)
    assert sum(capped.exhibit.figure.data[1].y) == pytest.approx(1200)
    assert "paid for true effort" in capped.exhibit.sentence


def test_where_nothing_is_wrong_everybody_is_paid_for_true_effort():
    assert "paid for true effort" in remuneration.panel("ratings").exhibit.sentence


@pytest.mark.parametrize("people", [BAKERY, MINE], ids=["bakery", "mine"])
def test_the_code_for_the_pool_gives_the_numbers_shown(people):
    panel = remuneration.panel("pool", people=people)
    panel.set(response=0.35)
    pools = run(panel.code)
    bars = panel.exhibit.figure.data[0]
    shown = dict(zip(bars.y, bars.x, strict=True))
    for norm, pool in pools.items():
        assert shown[figures.NORM_WORDS[norm]] == pytest.approx(pool)
    assert max(pools.values()) < panel.exhibit.figure.layout.xaxis.range[1]


@pytest.mark.parametrize("norm", NORMS)
def test_the_nearest_rule_to_pay_by_a_rule_is_that_rule_even_when_a_little_is_moved(norm):
    split = pay(BAKERY, norm, pool=1200)
    most, least = split.argmax(), split.argmin()
    split[most] -= 2
    split[least] += 2
    assert remuneration.nearest(BAKERY, split) == norm


def test_the_nearest_rule_passes_over_rules_that_have_nothing_to_go_by():
    nobody_owns = remuneration.People([1, 3], [1, 1], [1, 1], [0, 0], [0, 0], [0, 0], [0, 0], [True, True])
    assert remuneration.nearest(nobody_owns, [100, 300]) == "effort"
    with pytest.raises(ValueError, match="-5"):
        remuneration.nearest(BAKERY, [-5, 5, 5, 5])


@pytest.mark.parametrize("people", [BAKERY, MINE], ids=["bakery", "mine"])
def test_the_first_panel_moves_one_persons_hours_and_its_code_gives_the_numbers_shown(people):
    panel = remuneration.panel("hours", people=people)
    for hours in (1, 33, 60):
        panel.set(hours=hours)
        bars = panel.exhibit.figure.data[0]
        np.testing.assert_allclose(run(panel.code), bars.y)
        assert max(bars.y) < panel.exhibit.figure.layout.yaxis.range[1]


def test_twice_the_hours_is_not_twice_the_pay_because_the_pool_stays():
    # 900 for three workers; Chen's 40 hours of intensity 1.5 weigh 60 of 40 + 36 + 60.
    panel = remuneration.panel("hours")
    panel.set(hours=40)
    assert panel.exhibit.figure.data[0].y[2] == pytest.approx(900 * 60 / 136)
    assert "Chen gets 397 of 1,200" in panel.exhibit.sentence
