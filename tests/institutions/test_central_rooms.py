"""The panels of the side rooms of lesson 07: picture, sentence, table and code say what the library computes."""

import re
from dataclasses import replace

import numpy as np
import pytest

from parecon_edu.institutions import central
from parecon_edu.institutions.central import room_controls, room_figures
from parecon_edu.institutions.central.kantorovich import FORGE, best_plan, carry_out


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


def bars(exhibit):
    return [t for t in exhibit.figure.data if t.type == "bar"]


def moved(make, **values):
    panel = make()
    panel.set(**values)
    return panel


# --- 07b: shadow prices ---

MACHINES = [{}, {"press": 60}, {"press": 30}, {"lathe": 80}, {"furnace": 120}, {"press": 11, "lathe": 21}]


@pytest.mark.parametrize("values", MACHINES)
def test_star_and_bars_are_the_best_plan_and_its_prices(values):
    panel = moved(room_controls.shadow_prices_panel, **values)
    hours = {"furnace": 60, "lathe": 50, "press": 40} | values
    plan = best_plan(replace(FORGE, hours=tuple(hours.values())))
    (prices,) = bars(panel.exhibit)
    np.testing.assert_allclose(prices.y, plan.prices)
    star = next(t for t in panel.exhibit.figure.data if t.name == "best plan")
    np.testing.assert_allclose([star.x[0], star.y[0]], plan.made)
    np.testing.assert_allclose([row[3] for row in panel.exhibit.table.rows], plan.prices)
    assert f"= {plan.worth:,.0f}, just what the plan makes" in panel.exhibit.sentence
    for machine, spare in zip(FORGE.machines, plan.spare, strict=True):
        assert (f"{machine} has" in panel.exhibit.sentence) == (spare > 0)
    assert max(prices.y) < panel.exhibit.figure.layout.yaxis2.range[1], "no bar is cut off"


@pytest.mark.parametrize("values", MACHINES)
def test_the_shaded_room_holds_every_plan_that_fits_and_no_other(values):
    exhibit = moved(room_controls.shadow_prices_panel, **values).exhibit
    hours = {"furnace": 60, "lathe": 50, "press": 40} | values
    R = np.array(list(hours.values()))
    room = exhibit.figure.data[0]
    for x, y in zip(room.x, room.y, strict=True):
        assert (FORGE.B @ [x, y] <= R + 1e-6).all()
    outline = sorted(set(zip(room.x[1:-1], room.y[1:-1], strict=True)))
    for x in np.linspace(0, max(room.x), 23):
        top = max(0, min((R - FORGE.B[:, 0] * x) / FORGE.B[:, 1]))
        assert np.interp(x, [p[0] for p in outline], [p[1] for p in outline]) == pytest.approx(top, abs=1e-6)


@pytest.mark.parametrize("told", [1.0, 1.5, 2.5, 3.0, 4.0])
def test_a_report_shows_both_price_lists_and_what_the_town_loses(told):
    exhibit = moved(room_controls.shadow_prices_panel, told=told).exhibit
    carried = carry_out(FORGE, told=[[3, 1], [1, told], [1, 1]])
    true, false = bars(exhibit)
    np.testing.assert_allclose(true.y, best_plan(FORGE).prices)
    np.testing.assert_allclose(false.y, carried.plan.prices)
    lost = float(re.search(r"([\d.]+) less for the town", exhibit.sentence)[1])
    assert lost == pytest.approx(carried.lost, abs=0.5)
    assert ("can't be met" in exhibit.sentence) == (told < 2)
    assert ("quiet time" in exhibit.sentence) == (told > 2)


@pytest.mark.parametrize("values", [*MACHINES, {"told": 3}, {"told": 1.25, "press": 50}])
def test_the_code_for_shadow_prices_gives_the_numbers_shown(values):
    panel = moved(room_controls.shadow_prices_panel, **values)
    made, prices, told, _ = run(panel.code)
    star = next(t for t in panel.exhibit.figure.data if t.name == "best plan")
    np.testing.assert_allclose([star.x[0], star.y[0]], made)
    shown = bars(panel.exhibit)
    np.testing.assert_allclose(shown[0].y, prices)
    np.testing.assert_allclose(shown[-1].y, told)


def test_a_corner_with_several_price_lists_is_named():
    assert "several price lists" in moved(room_controls.shadow_prices_panel, press=32).exhibit.sentence
    assert "several price lists" not in moved(room_controls.shadow_prices_panel).exhibit.sentence


def test_one_hour_to_spare_is_one_hour():
    assert "The lathe has 1 hour to spare" in moved(room_controls.shadow_prices_panel, lathe=71).exhibit.sentence


def test_the_picture_of_plans_takes_two_products():
    three = replace(FORGE, products=("a", "b", "c"), needs=((1, 1, 1),) * 3, worth=(1, 1, 1))
    with pytest.raises(ValueError, match="two axes"):
        room_figures.shadow_prices(three)


# --- 07c: targets ---

TARGETS = [{}, {"follow": 50}, {"follow": 50, "stay": "3"}, {"follow": 80, "stay": "1"}, {"follow": 30, "patience": 60}]


@pytest.mark.parametrize("values", TARGETS)
def test_lines_table_and_code_show_the_years_under_a_target(values):
    panel = moved(room_controls.targets_panel, **values)
    output, target, bonus = run(panel.code)
    lines = {t.name: t.y for t in panel.exhibit.figure.data if t.name}
    np.testing.assert_allclose(lines["what it makes"], output)
    np.testing.assert_allclose(lines["its target"], target)
    np.testing.assert_allclose([row[1] for row in panel.exhibit.table.rows], output)
    np.testing.assert_allclose([row[-1] for row in panel.exhibit.table.rows], bonus)
    assert f"{bonus.sum():,.0f} points in" in panel.exhibit.sentence
    curve, mark = panel.exhibit.figure.data[-2:]
    assert np.interp(mark.x[0], curve.x, curve.y) == pytest.approx(output.mean() - 100)
    assert mark.y[0] == pytest.approx(output.mean() - 100)


def test_the_sentence_says_what_is_left_of_the_bonus_and_what_the_town_goes_without():
    sentence = moved(room_controls.targets_panel, follow=50).exhibit.sentence
    assert "Of the 10 points for one crate more, 1.8 are left" in sentence
    assert "goes without 16.4 crates a day" in sentence
    assert "as if it never followed" in moved(room_controls.targets_panel, follow=50, stay="1").exhibit.sentence


# --- 07d: the unwritten contract ---

CONTRACTS = [{}, {"start": 30}, {"brought": 3}, {"fixed": 40, "start": 60}, {"taken": 60}, {"extra": 40}, {"extra": 0}]


@pytest.mark.parametrize("values", CONTRACTS)
def test_points_way_bars_and_code_show_where_a_country_ends(values):
    panel = moved(room_controls.contract_panel, **values)
    path, points, found = run(panel.code)
    traces = {t.name: t for t in panel.exhibit.figure.data}
    for name, stable in (("stays", True), ("tips", False)):
        shown = [x for x in traces[name].x if x is not None]
        np.testing.assert_allclose(shown, [100 * p.share for p in points if p.stable == stable])
    np.testing.assert_allclose(traces["the way there"].x[::2], 100 * path)
    np.testing.assert_allclose(traces["first year"].y[:2], [100 * path[0], 100 * found[0]])
    np.testing.assert_allclose(traces["in the end"].y[:2], [100 * path[-1], 100 * found[-1]])
    assert f"In the end it is {100 * path[-1]:.0f} %; {100 * found[-1]:.0f} % of pay" in panel.exhibit.sentence
    assert ("from any start" in panel.exhibit.sentence) == (len(points) == 1)


def test_the_sentence_names_the_tipping_point_and_the_other_end():
    low = moved(room_controls.contract_panel).exhibit.sentence
    assert "Had it begun with more than 21 %, it would have ended at 100 %" in low
    high = moved(room_controls.contract_panel, start=25).exhibit.sentence
    assert "Had it begun with fewer than 21 %, it would have ended at 0 %" in high


def test_a_country_that_swings_is_not_said_to_end_anywhere():
    sentence = moved(room_controls.contract_panel, fixed=15, extra=60, taken=70, brought=4).exhibit.sentence
    assert "never settles: 37 % one year, 0 % the next" in sentence
    assert "In the end" not in sentence


# --- 07e: soft budgets ---

BUDGETS = [{}, {"bailout": 80}, {"slow": 30}, {"bailout": 60, "slow": 30}, {"bailout": 60, "slow": 60, "sight": 100}]
BUDGETS += [{"bailout": 100, "loss": 20}, {"bailout": 45, "slow": 10, "sight": 30, "loss": 5}]


@pytest.mark.parametrize("values", BUDGETS)
def test_lines_table_and_code_show_what_a_budget_does(values):
    panel = moved(room_controls.budgets_panel, **values)
    now = run(panel.code)
    exhibit = panel.exhibit
    traces = {t.name: t for t in exhibit.figure.data if t.name}
    own, everybody = traces["for the workplace"], traces["for everybody"]
    loss = {"loss": 10, **values}["loss"]
    assert (everybody.y[0], everybody.y[-1]) == (-loss, 10)
    assert np.interp(0, own.y, own.x) == pytest.approx(100 * now.needed, abs=1e-6)
    shaded = traces["tried, and the town must expect to lose"]
    assert (shaded.x[0], shaded.x[1]) == pytest.approx((100 * now.needed, 100 * loss / (10 + loss)))
    curve, mark = exhibit.figure.data[-2:]
    assert mark.y[0] == pytest.approx(now.town)
    assert np.interp(mark.x[0], curve.x, curve.y) == pytest.approx(now.town, abs=1)
    low, high = exhibit.figure.layout.yaxis2.range
    assert low < min(curve.y)
    assert max(curve.y) < high
    assert f"pay {now.paid:,.0f} for failures, and the town is left with {now.town:,.0f}" in exhibit.sentence
    assert f"a chance above {100 * now.needed:.0f} %" in exhibit.sentence
    assert ("lose by" in exhibit.sentence) == (now.harmful > 0.5)
    assert ("never begun" in exhibit.sentence) == (values.get("slow", 0) > 0 and now.begun == 0)


def test_every_view_of_the_side_rooms_is_reached_through_the_front_door():
    for name in ("shadow_prices", "targets", "contract", "budgets"):
        assert central.panel(name).scenario_code.startswith(f"{name}-1?")
