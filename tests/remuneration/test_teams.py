"""What comes back to effort: closed forms against a brute-force search for the best reply."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from parecon_edu.remuneration import BAKERY, NORMS, pay, respond, returned, team

sizes = st.integers(1, 40)
shares = st.floats(0, 1)
elasticities = st.floats(0.2, 1)
curvatures = st.floats(1.3, 6)


@settings(max_examples=40, deadline=None)
@given(sizes, shares, shares, elasticities, curvatures)
def test_no_member_of_the_team_gains_by_another_effort(n, by_effort, sympathy, elasticity, curvature):
    settled = team(n, by_effort=by_effort, sympathy=sympathy, elasticity=elasticity, curvature=curvature)
    e = settled.effort

    def gain(mine):
        total = mine + (n - 1) * e
        pool = total**elasticity
        own = pool * ((1 - by_effort) / n + by_effort * mine / total)
        return own + sympathy * (pool - own) - mine**curvature / curvature

    best = minimize_scalar(lambda x: -gain(x), bounds=(0, 6 * e), method="bounded", options={"xatol": 1e-10})
    assert gain(e) >= -best.fun - 1e-9 * abs(best.fun)


@given(sizes, elasticities, curvatures)
def test_equal_shares_bring_back_one_nth_and_too_little_effort(n, elasticity, curvature):
    equal = team(n, by_effort=0, elasticity=elasticity, curvature=curvature)
    assert equal.returned == pytest.approx(1 / n)
    best = team(n, by_effort=elasticity, elasticity=elasticity, curvature=curvature)
    # Effort falls to (1/n)^(1/(k - elasticity)) of the best.
    assert equal.effort == pytest.approx(best.effort * (1 / n) ** (1 / (curvature - elasticity)))


@given(st.integers(2, 40), shares, elasticities, curvatures)
def test_the_best_share_to_pay_by_effort_is_the_elasticity(n, by_effort, elasticity, curvature):
    best = team(n, by_effort=elasticity, elasticity=elasticity, curvature=curvature)
    other = team(n, by_effort=by_effort, elasticity=elasticity, curvature=curvature)
    assert best.returned == pytest.approx(1)
    assert other.net <= best.net * (1 + 1e-12)
    assert (other.effort < best.effort) == (by_effort < elasticity) or by_effort == pytest.approx(elasticity)


@given(sizes, elasticities)
def test_full_sympathy_does_what_the_best_rule_does(n, elasticity):
    kind = team(n, by_effort=0, sympathy=1, elasticity=elasticity)
    assert kind.net == pytest.approx(team(n, by_effort=elasticity, elasticity=elasticity).net)


def test_a_hand_worked_team():
    # Y = E, cost e^2/2: e = what comes back. Four with equal shares: e = 1/4, pool 1, net 1/4 - 1/32.
    four = team(4, by_effort=0)
    assert (four.effort, four.pool, four.pay, four.net) == pytest.approx((1 / 4, 1, 1 / 4, 1 / 4 - 1 / 32))
    assert team(1, by_effort=0).effort == 1


# --- the six norms on unequal people ---


@pytest.mark.parametrize("norm", NORMS)
def test_what_comes_back_is_own_pay_gained_over_what_one_added(norm):
    # The derivative by a small step: output and sacrifice grow together, the pool by the output.
    pool, step = BAKERY.output.sum(), 1e-6
    for i in range(3):
        more = np.ones(4)
        more[i] += step
        after = replace(BAKERY, output=BAKERY.output * more, intensity=BAKERY.intensity * more)
        added = after.output.sum() - pool
        gained = pay(after, norm, pool=pool + added)[i] - pay(BAKERY, norm, pool=pool)[i]
        assert returned(BAKERY, norm)[i] == pytest.approx(gained / added, rel=1e-4, abs=1e-9)


def test_under_output_pay_all_of_it_comes_back_and_under_equal_pay_one_nth():
    assert returned(BAKERY, "output")[:3] == pytest.approx(np.ones(3))
    assert returned(BAKERY, "equal") == pytest.approx(np.full(4, 0.25))


@given(st.sampled_from(NORMS), st.floats(0, 2), shares)
def test_pay_adds_up_to_the_pool_that_people_then_make(norm, response, anyway):
    result = respond(BAKERY, norm, pool=1200, response=response, anyway=anyway)
    assert result.pay.sum() == pytest.approx(result.pool)
    assert result.pool == pytest.approx(BAKERY.output @ result.effort, rel=1e-12)


@given(st.sampled_from(NORMS))
def test_if_effort_does_not_answer_nothing_moves(norm):
    for still in (
        respond(BAKERY, norm, pool=1200, response=0),
        respond(BAKERY, norm, pool=1200, response=1, anyway=1),
    ):
        assert still.pool == pytest.approx(1200)
        assert still.pay == pytest.approx(pay(BAKERY, norm, pool=1200))


@given(st.floats(0, 2), shares)
def test_output_pay_keeps_the_pool_whole_whatever_the_response(response, anyway):
    assert respond(BAKERY, "output", pool=1200, response=response, anyway=anyway).pool == pytest.approx(1200)


@given(st.floats(0, 2))
def test_equal_pay_shrinks_the_pool_to_one_nth_to_the_power_of_the_response(response):
    assert respond(BAKERY, "equal", pool=1200, response=response).pool == pytest.approx(1200 * 0.25**response)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["effort", "bargaining"]), st.floats(0.05, 2), st.floats(0, 0.5))
def test_effort_has_settled_where_it_answers_to_what_comes_back(norm, response, anyway):
    result = respond(BAKERY, norm, pool=1200, response=response, anyway=anyway)
    now = replace(BAKERY, output=BAKERY.output * result.effort, intensity=BAKERY.intensity * result.effort)
    assert result.effort[:3] == pytest.approx(anyway + (1 - anyway) * returned(now, norm)[:3] ** response, rel=1e-9)
    assert result.pay == pytest.approx(pay(now, norm, pool=result.pool))


def test_no_baker_gains_by_another_effort_under_effort_pay():
    # Effort costs b_i x^5 / 5, so that it answers with a power of 1/(5 - 1).
    settled = respond(BAKERY, "effort", pool=1200, response=0.25)
    made = BAKERY.output / BAKERY.output.sum() * 1200
    for i in range(3):

        def net(mine, i=i):
            effort = settled.effort.copy()
            effort[i] = mine
            people = replace(BAKERY, intensity=BAKERY.intensity * effort)
            return pay(people, "effort", pool=float(made @ effort))[i] - made[i] * mine**5 / 5

        best = minimize_scalar(lambda x: -net(x), bounds=(0.01, 3), method="bounded", options={"xatol": 1e-10})
        assert best.x == pytest.approx(settled.effort[i], abs=1e-6)


@given(st.integers(2, 12))
def test_among_equals_effort_pay_brings_back_as_much_as_output_pay(n):
    ones = np.ones(n)
    equals = replace(
        BAKERY,
        **dict.fromkeys(("hours", "intensity", "onerousness", "output", "capital", "power", "need"), ones),
        able=[True] * n,
        names=(),
    )
    # The closed form of `team` with everything paid by effort and elasticity 1.
    assert returned(equals, "effort") == pytest.approx(ones * team(n, by_effort=1).returned)
    assert respond(equals, "effort", pool=100, response=0.5).pool == pytest.approx(100)


def test_those_who_make_nothing_that_is_counted_are_left_as_they_are():
    result = respond(replace(BAKERY, output=[640, 420, 0, 0]), "effort", pool=1200, response=0.5)
    assert result.effort[2:].tolist() == [1, 1]
