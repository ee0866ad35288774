"""Discovery: search that pays, a front that moves, an average that lags, and years that make good a static loss."""

import dataclasses

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad, solve_ivp

from parecon_edu import institutions
from parecon_edu.institutions.comparison.discovery import REGIMES, break_even, discover, growth_needed, regime_of

PATENTS, BLUEPRINTS, COMMITTEES = (discover(name) for name in REGIMES)
SHARES = st.floats(0.0, 1.0)
LOSSES = st.floats(0.5, 0.999)
GROWTH = st.floats(0.0005, 0.05)
tried_out = settings(max_examples=50, deadline=None)


# ---- Search --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("regime", REGIMES)
def test_whoever_searches_could_not_gain_by_searching_more_or_less(regime):
    found = discover(regime)
    s = found.settings

    def gain(z):
        return s["kept"] * s["approval"] * s["worth"] * z - s["difficulty"] * z**2 / 2

    tried = np.linspace(0, 3 * found.own_search + 0.1, 100_001)
    assert tried[np.argmax(gain(tried))] == pytest.approx(found.own_search, abs=tried[1])
    assert gain(found.own_search) >= gain(tried).max()


@tried_out
@given(kept=SHARES, approval=SHARES)
def test_nobody_who_keeps_less_than_all_searches_as_much_as_all_of_a_step_is_worth(kept, approval):
    """The town's own choice counts all of worth z - difficulty z^2 / 2."""
    found = discover("patents", kept=kept, approval=approval)
    s = found.settings
    tried = np.linspace(0, 2, 20_001)
    best = tried[np.argmax(s["worth"] * tried - s["difficulty"] * tried**2 / 2)]
    assert found.own_search <= best + tried[1]
    everything = discover("patents", kept=1, approval=1)
    assert everything.own_search == pytest.approx(best, abs=tried[1])


def test_the_front_grows_as_steps_taken_at_random_make_it_grow():
    """Throw the dice: in 40 years a town takes a Poisson number of steps; mean log front over many towns."""
    years, towns = 40, 200_000
    for found in (PATENTS, BLUEPRINTS, COMMITTEES):
        steps = np.random.default_rng(7).poisson(found.search * years, towns)
        logs = steps * np.log(found.settings["step"])
        error = logs.std() / np.sqrt(towns)
        assert abs(logs.mean() - found.growth * years) < 4 * error


@tried_out
@given(share=SHARES)
def test_approval_of_half_does_what_keeping_half_does(share):
    asked = discover("patents", kept=0.8, approval=share)
    taxed = discover("patents", kept=0.8 * share, approval=1)
    assert asked.growth == pytest.approx(taxed.growth, abs=1e-15)


def test_without_approval_only_public_laboratories_find_anything():
    stopped = discover("committees", approval=0)
    assert stopped.own_search == 0
    assert stopped.growth == pytest.approx(0.1 * np.log(1.1))
    still = discover("patents", kept=0)
    assert (still.growth, still.lag, still.level, still.cost) == (0, 0, 1, 0)
    assert np.all(still.average([0, 10, 500]) == 1)


@tried_out
@given(factor=st.floats(0.01, 100))
def test_in_what_unit_worth_is_counted_does_not_matter(factor):
    plain = BLUEPRINTS
    turned = discover("open_blueprints", worth=factor, difficulty=1.9 * factor)
    assert turned.growth == pytest.approx(plain.growth)
    assert turned.cost == pytest.approx(factor * plain.cost)


@pytest.mark.parametrize("regime", REGIMES)
def test_search_costs_what_each_step_more_cost_added_up(regime):
    """The last step of z costs difficulty z; the steps before it cost less. Public laboratories have their own."""
    found = discover(regime)
    s = found.settings
    own, _ = quad(lambda z: s["difficulty"] * z, 0, found.own_search)
    public, _ = quad(lambda z: s["difficulty"] * z, 0, s["public_search"])
    assert found.cost == pytest.approx(own + public)


@tried_out
@given(low=SHARES, high=SHARES)
def test_who_keeps_more_searches_more_and_leaves_the_average_further_behind(low, high):
    low, high = sorted((low, high))
    less, more = discover("patents", kept=low), discover("patents", kept=high)
    assert less.growth <= more.growth
    assert less.cost <= more.cost
    assert less.lag <= more.lag
    assert less.years_behind == more.years_behind


# ---- The lag -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("regime", REGIMES)
def test_the_average_lags_as_copying_simulated_step_by_step_makes_it_lag(regime):
    """Independent of the closed form: the differential equation log A' = copying (log F - log A), from F = A = 1."""
    found = discover(regime)
    delta = found.settings["copying"]
    years = np.array([0.0, 1.0, 3.0, 10.0, 30.0, 100.0])
    path = solve_ivp(lambda t, a: delta * (found.growth * t - a), (0, 100), [0.0], t_eval=years, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(found.average(years), np.exp(path.y[0]), rtol=1e-8)
    np.testing.assert_allclose(found.front(years), np.exp(found.growth * years), rtol=1e-12)


@pytest.mark.parametrize("regime", REGIMES)
def test_in_the_long_run_the_lag_is_the_growth_missed_since_people_last_copied(regime):
    """Another way there: whoever last copied s years ago (density copying e^(-copying s)) is s growth behind."""
    found = discover(regime)
    delta = found.settings["copying"]
    missed, _ = quad(lambda s: found.growth * s * delta * np.exp(-delta * s), 0, np.inf)
    assert found.lag == pytest.approx(missed, rel=1e-8)
    late = 200.0
    assert found.average(late) / found.front(late) == pytest.approx(found.level, rel=1e-9)
    # The average passes today's front years_behind from now.
    assert found.average(late + found.years_behind) == pytest.approx(found.front(late), rel=1e-9)


def test_where_copying_is_instant_everybody_lives_at_the_front():
    instant = discover("patents", copying=1e6)
    np.testing.assert_allclose(instant.average([1, 10, 100]), instant.front([1, 10, 100]), rtol=1e-6)
    assert instant.level == pytest.approx(1, abs=1e-6)


@tried_out
@given(copying=st.floats(0.01, 10), years=st.floats(0, 200))
def test_nobody_is_ahead_of_the_front_or_falls_further_behind_than_the_lag(copying, years):
    found = discover("patents", copying=copying)
    ratio = float(found.average(years) / found.front(years))
    assert found.level * (1 - 1e-12) <= ratio <= 1


# ---- The presets ---------------------------------------------------------------------------------------------------


def test_patents_keep_more_and_are_copied_more_slowly_and_committees_have_to_be_asked():
    assert PATENTS.settings["kept"] > BLUEPRINTS.settings["kept"]
    assert PATENTS.settings["copying"] < BLUEPRINTS.settings["copying"]
    assert BLUEPRINTS.settings["public_search"] > 0
    assert COMMITTEES.settings["approval"] < 1 == PATENTS.settings["approval"] == BLUEPRINTS.settings["approval"]
    for name in ("worth", "difficulty", "step"):
        assert PATENTS.settings[name] == BLUEPRINTS.settings[name] == COMMITTEES.settings[name], name


def test_patents_grow_by_the_two_per_cent_that_their_difficulty_was_chosen_for():
    assert PATENTS.growth == pytest.approx(0.02, rel=0.01)
    assert PATENTS.settings["kept"] == pytest.approx(25 / 65, abs=0.02)
    assert PATENTS.settings["copying"] == pytest.approx(-np.log(1 - 0.6) / 4, abs=0.005)


def test_open_blueprints_are_ahead_for_a_good_decade_and_patents_after_that():
    """The reversal: the sign of the difference turns once, where growth t - lag (1 - e^(-copying t)) are equal."""
    years = np.arange(0, 101)
    ahead = np.log(BLUEPRINTS.average(years) / PATENTS.average(years))[1:]
    turn = int(np.argmax(ahead < 0)) + 1
    assert np.all(ahead[: turn - 1] > 0)
    assert np.all(ahead[turn - 1 :] < 0)
    assert 10 < turn < 15


def test_with_the_same_public_laboratories_patents_are_ahead_sooner():
    """Our preset leaves patents without any, and its reason says so; this is the other way to put it."""
    both = discover("patents", public_search=0.1)
    assert both.growth > PATENTS.growth
    years = np.arange(1, 101)
    first = [int(years[np.argmax(each.average(years) > BLUEPRINTS.average(years))]) for each in (both, PATENTS)]
    assert first[0] < first[1]


@pytest.mark.parametrize("regime", REGIMES)
def test_every_number_of_every_regime_has_a_reason(regime):
    case = regime_of(regime)
    assert len(case.reason) > 20
    assert set(case.presets) == set(discover(regime).settings)
    for name, preset in case.presets.items():
        assert len(preset.reason) > 20, name
        assert discover(regime).settings[name] == preset.value


# ---- Break-even ----------------------------------------------------------------------------------------------------


@tried_out
@given(equivalent=LOSSES, faster=GROWTH)
def test_the_two_paths_meet_when_break_even_says_so(equivalent, faster):
    """Walk both paths a day at a time; the day on which the faster one passes is the day it says."""
    found = break_even(equivalent, faster=faster)
    assume(found.years <= 400)
    days = np.arange(0, 400 * 365 + 2)
    rich, poor = np.ones(days.size), equivalent * (1 + np.expm1(faster / 365)) ** days
    passed = days[np.argmax(poor >= rich * (1 - 1e-9))] / 365
    assert passed == pytest.approx(found.years, abs=2 / 365)
    assert found.ahead(found.years) == pytest.approx(1, rel=1e-12)
    assert found.ahead(0) == pytest.approx(equivalent)


@pytest.mark.parametrize(("equivalent", "faster"), [(0.9, 0.005), (0.8, 0.02), (0.97, 0.001)])
def test_adding_up_the_years_repays_the_lean_ones_at_twice_the_time(equivalent, faster):
    """Well-being is log consumption: sum ln q + g t week by week until the sum is back at 0."""
    found = break_even(equivalent, faster=faster)
    week = 1 / 52
    t = (np.arange(int(3 * found.years / week)) + 0.5) * week
    owed = np.cumsum(np.log(equivalent) + faster * t) * week
    repaid = t[np.flatnonzero(owed >= 0)[0]]
    assert repaid == pytest.approx(found.years_repaid, abs=2 * week)
    assert np.argmin(owed) * week == pytest.approx(found.years, abs=2 * week)


@pytest.mark.parametrize(("equivalent", "faster"), [(0.9, 0.005), (0.8, 0.02), (0.97, 0.001)])
def test_whoever_discounts_by_more_refuses_the_growth_and_by_less_takes_it(equivalent, faster):
    """The discounted sum of ln q + g t over a very long time, by adding up."""
    limit = break_even(equivalent, faster=faster).discount
    t = np.arange(0, 60 / limit, 0.01 / limit)

    def value(rate):
        return float(np.trapezoid(np.exp(-rate * t) * (np.log(equivalent) + faster * t), t))

    scale = abs(np.log(equivalent)) / limit
    assert value(limit) == pytest.approx(0, abs=1e-4 * scale)
    assert value(1.05 * limit) < -1e-3 * scale
    assert value(0.95 * limit) > 1e-3 * scale


def test_no_loss_needs_no_time_and_no_growth_never_makes_it_good():
    assert break_even(1, faster=0.01).discount == np.inf, "growth for nothing: everybody takes it"
    nothing = break_even(1, faster=0)
    assert (nothing.years, nothing.years_repaid) == (0, 0)
    never = break_even(0.99, faster=0)
    assert (never.years, never.years_repaid, never.discount) == (np.inf, np.inf, 0)
    # A tenth lost, ln(10/9) = .10536, at half a per cent a year: on paper 21.07 years.
    assert break_even(0.9, faster=0.005).years == pytest.approx(0.10536 / 0.005, rel=1e-4)


@tried_out
@given(equivalent=LOSSES, faster=GROWTH)
def test_growth_needed_is_break_even_the_other_way_round(equivalent, faster):
    years = break_even(equivalent, faster=faster).years
    assert growth_needed(equivalent, years=years) == pytest.approx(faster)


@tried_out
@given(one=LOSSES, other=LOSSES, faster=GROWTH)
def test_two_losses_together_take_the_years_of_both(one, other, faster):
    both = break_even(one * other, faster=faster).years
    assert both == pytest.approx(break_even(one, faster=faster).years + break_even(other, faster=faster).years)


def test_a_lag_is_a_static_loss_like_any_other():
    """From the long run of both, on one front: the path of averages meets where break_even puts it."""
    years = break_even(PATENTS.level / BLUEPRINTS.level, faster=PATENTS.growth - BLUEPRINTS.growth).years
    patents, blueprints = (np.log(each.level) + each.growth * years for each in (PATENTS, BLUEPRINTS))
    assert patents == pytest.approx(blueprints, abs=1e-12)


# ---- The edge ------------------------------------------------------------------------------------------------------


def test_the_front_may_grow_by_a_log_point_a_year_and_no_faster():
    """Growth is worth / difficulty x ln(e) where all is kept and a step is e: 1 where worth is difficulty."""
    everything = {"kept": 1, "approval": 1, "public_search": 0, "step": np.e, "difficulty": 1}
    assert discover("patents", worth=0.999, **everything).growth == pytest.approx(0.999)
    with pytest.raises(ValueError, match="Put a higher difficulty"):
        discover("patents", worth=1.001, **everything)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: discover("prizes"), "regime knows patents, open_blueprints, committees, but not 'prizes'"),
        (lambda: discover("patents", kept=1.2), "kept must be at least 0 and at most 1, but it is 1.2"),
        (lambda: discover("patents", approval=-0.1), "approval must be at least 0 and at most 1"),
        (lambda: discover("patents", step=1), "step must be above 1"),
        (lambda: discover("patents", copying=0), "copying must be at least 1e-06"),
        (lambda: discover("patents", difficulty=0.01), "Put a higher difficulty"),
        (lambda: discover("patents", worth=float("nan")), "worth must be at least 0"),
        (lambda: break_even(0, faster=0.01), "equivalent must be above 0 and at most 1, but it is 0"),
        (lambda: break_even(1.1, faster=0.01), "equivalent must be above 0 and at most 1"),
        (lambda: break_even(0.9, faster=-0.01), "faster must be at least 0"),
        (lambda: growth_needed(0.9, years=0), "years must be above 0"),
        (lambda: PATENTS.front(-1), "years must be from 0 to 500"),
        (lambda: PATENTS.average([1, 501]), "years must be from 0 to 500"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: discover("patents", theta=0.5), "discover has no setting 'theta'. It has: kept, approval"),
        (lambda: discover("patents", kept="much"), "kept must be a number, not 'much'"),
        (lambda: break_even("most", faster=0.01), "equivalent must be a number"),
        (lambda: PATENTS.front("soon"), "years must be a number or a list of numbers, not 'soon'"),
    ],
)
def test_what_is_no_number_is_refused_in_words(call, message):
    with pytest.raises(TypeError, match=message):
        call()


def test_results_are_frozen_and_stand_at_the_front_door():
    with pytest.raises(dataclasses.FrozenInstanceError):
        PATENTS.growth = 0.5
    with pytest.raises(TypeError):
        PATENTS.settings["kept"] = 1
    assert institutions.discover("patents") == PATENTS
    assert institutions.break_even(0.9, faster=0.01).years == pytest.approx(10.536, abs=1e-3)
