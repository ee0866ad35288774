"""A plan's own prices: duality and complementary slackness on random workshops, closed forms on the forge."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.institutions.central.kantorovich import FORGE, Workshop, best_plan, carry_out, one_hour_more

seeds = st.integers(0, 10_000)


def random_workshop(seed, *, machines=4, products=3):
    rng = np.random.default_rng(seed)
    return Workshop(
        machines=[f"machine {i}" for i in range(machines)],
        products=[f"product {j}" for j in range(products)],
        hours=rng.uniform(10, 100, machines),
        needs=rng.uniform(0.2, 4, (machines, products)),
        worth=rng.uniform(1, 40, products),
    )


def best_corner(workshop):
    """The best corner of the plans that fit, found by trying them all: independent of any solver."""
    m, n = workshop.B.shape
    rows, limits = np.vstack([workshop.B, -np.eye(n)]), np.concatenate([workshop.R, np.zeros(n)])
    worths = []
    for tight in itertools.combinations(range(m + n), n):
        try:
            corner = np.linalg.solve(rows[list(tight)], limits[list(tight)])
        except np.linalg.LinAlgError:
            continue
        if (rows @ corner <= limits + 1e-9).all():
            worths.append(workshop.c @ corner)
    return max(worths)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_no_other_plan_that_fits_makes_more(seed):
    workshop = random_workshop(seed)
    plan = best_plan(workshop)
    assert (plan.made >= 0).all()
    assert (plan.used <= workshop.R + 1e-7).all()
    assert plan.worth == pytest.approx(best_corner(workshop))


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_all_machine_hours_at_their_prices_are_worth_what_the_plan_makes(seed):
    workshop = random_workshop(seed)
    plan = best_plan(workshop)
    assert workshop.R @ plan.prices == pytest.approx(plan.worth)
    np.testing.assert_allclose(plan.used + plan.spare, workshop.R, atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_hours_to_spare_have_no_price_and_what_costs_more_than_it_is_worth_is_not_made(seed):
    workshop = random_workshop(seed)
    plan = best_plan(workshop)
    assert (plan.prices >= 0).all()
    assert (plan.costs >= workshop.c - 1e-7).all(), "nothing is worth more than it costs"
    np.testing.assert_allclose(plan.prices * plan.spare, 0, atol=1e-6)
    np.testing.assert_allclose((plan.costs - workshop.c) * plan.made, 0, atol=1e-6)


@settings(max_examples=15, deadline=None)
@given(seeds, st.integers(0, 3))
def test_a_price_is_what_a_little_more_of_the_machine_adds(seed, machine):
    workshop = random_workshop(seed)
    plan, step = best_plan(workshop), np.zeros(4)
    step[machine] = 1e-3
    more = best_plan(replace(workshop, hours=workshop.R + step)).worth - plan.worth
    assert more / 1e-3 == pytest.approx(plan.prices[machine], abs=1e-3)


def test_the_forge_worked_by_hand():
    # 3p + h = 60 and p + 2h = 50: p = 14, h = 18, and the press runs 32 of 40 hours.
    # 3y + z = 30 and y + 2z = 20: y = 8, z = 6; 60 * 8 + 50 * 6 = 780.
    plan = best_plan(FORGE)
    np.testing.assert_allclose(plan.made, [14, 18])
    np.testing.assert_allclose(plan.prices, [8, 6, 0], atol=1e-9)
    np.testing.assert_allclose(plan.spare, [0, 0, 8], atol=1e-7)
    assert plan.worth == pytest.approx(780)
    np.testing.assert_allclose(one_hour_more(FORGE), [8, 6, 0], atol=1e-7)


def test_more_of_what_is_not_scarce_adds_nothing_and_enough_more_of_what_is_makes_it_worth_nothing():
    def worth(furnace, lathe, press):
        return best_plan(replace(FORGE, hours=(furnace, lathe, press))).worth

    assert worth(60, 50, 80) == pytest.approx(worth(60, 50, 32))
    # The lathe's price holds up to 70 hours: there the press is full (p = 10, h = 30).
    assert worth(60, 70, 40) - worth(60, 50, 40) == pytest.approx(6 * 20)
    assert worth(60, 90, 40) == pytest.approx(worth(60, 70, 40))


@pytest.mark.parametrize("told", [2.0, 2.5, 3.0, 4.0])
def test_one_padded_number_moves_every_price_that_is_not_zero(told):
    # Furnace and lathe stay scarce: 3y + z = 30, y + told z = 20, so z = 30/(3 told - 1), y = 10 - z/3.
    carried = carry_out(FORGE, told=[[3, 1], [1, told], [1, 1]])
    lathe = 30 / (3 * told - 1)
    np.testing.assert_allclose(carried.plan.prices, [10 - lathe / 3, lathe, 0], atol=1e-9)
    made = np.linalg.solve([[3, 1], [1, told]], [60, 50])
    np.testing.assert_allclose(carried.made, made)
    assert carried.lost == pytest.approx(780 - FORGE.c @ made)
    assert carried.idle[1] == pytest.approx(50 - made @ [1, 2], abs=1e-7), "the rest the report bought"


def test_boasting_makes_a_plan_that_cannot_be_met():
    # Told 1 hour for hinges at the lathe: the office fills furnace and press (10 pans, 30 hinges) and thinks the lathe
    # free; truly that takes 70 lathe hours of 50, so 5/7 of it is made.
    carried = carry_out(FORGE, told=[[3, 1], [1, 1], [1, 1]])
    np.testing.assert_allclose(carried.plan.made, [10, 30])
    assert carried.plan.prices[1] == 0
    np.testing.assert_allclose(carried.made, np.array([10, 30]) * 5 / 7)
    assert carried.lost == pytest.approx(780 - 900 * 5 / 7)


@settings(max_examples=25, deadline=None)
@given(seeds, seeds)
def test_no_report_beats_a_true_one(seed, lie):
    workshop = random_workshop(seed)
    told = workshop.B * np.random.default_rng(lie).uniform(0.3, 3, workshop.B.shape)
    carried = carry_out(workshop, told=told)
    assert carried.worth <= best_plan(workshop).worth + 1e-7
    assert (workshop.B @ carried.made <= workshop.R + 1e-6).all()
    np.testing.assert_allclose(carried.idle, workshop.R - workshop.B @ carried.made, atol=1e-6)
    assert carry_out(workshop, told=workshop.B).lost == pytest.approx(0, abs=1e-7)


def test_what_is_worth_nothing_may_need_no_machine():
    # Only what the plan would make endlessly much of is refused; all furnace hours go into pans: 60/3.
    plan = best_plan(replace(FORGE, needs=((3, 0), (1, 0), (1, 0)), worth=(30, 0)))
    assert plan.made[0] == pytest.approx(20)
    assert plan.worth == pytest.approx(600)


def test_relabelling_machines_and_products_relabels_the_plan():
    turned = Workshop(
        machines=FORGE.machines[::-1],
        products=FORGE.products[::-1],
        hours=FORGE.R[::-1],
        needs=FORGE.B[::-1, ::-1],
        worth=FORGE.c[::-1],
    )
    np.testing.assert_allclose(best_plan(turned).prices, best_plan(FORGE).prices[::-1], atol=1e-9)
    np.testing.assert_allclose(best_plan(turned).made, best_plan(FORGE).made[::-1])


def test_what_is_wrong_is_said_in_words():
    with pytest.raises(ValueError, match="Machine hours can't be negative: lathe has -3"):
        replace(FORGE, hours=(60, -3, 40))
    with pytest.raises(ValueError, match="Machine hours must be 3"):
        replace(FORGE, hours=(60, 40))
    with pytest.raises(ValueError, match="'hinges' needs no machine"):
        replace(FORGE, needs=((3, 0), (1, 0), (1, 0)))
    with pytest.raises(ValueError, match="Hours needed"):
        carry_out(FORGE, told=[[3, 1], [1, -2], [1, 1]])
