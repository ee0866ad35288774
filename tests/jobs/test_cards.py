"""Cards dealt by hand, one's own workplace in lines, a town's exchange, and the bar of a long division."""

import threading
import time

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from parecon_edu import jobs
from parecon_edu.jobs import watching
from parecon_edu.jobs.places import WORKPLACES
from parecon_edu.jobs.programs import quiet
from parecon_edu.jobs.town import NAMES, town

BAKERY = jobs.workplace("bakery")


# --- cards -----------------------------------------------------------------------------------------------------------


def test_a_hand_is_rated_by_its_hours():
    hands = [None] * 12
    hands[0], hands[5] = "Dita", "Dita"  # plan the week 8 hours at 9, dough 24 at 5
    deal = jobs.deal(BAKERY, hands)
    dita = BAKERY.workers.index("Dita")
    assert deal.ratings[dita].tolist() == [(8 * 9 + 24 * 5) / 32, 6.0]
    assert np.isnan(np.delete(deal.ratings, dita, axis=0)).all(), "an empty hand has no rating"
    assert not deal.done


def test_no_deal_of_whole_cards_comes_nearer_than_the_one_that_is_called_best():
    found = jobs.uncut(BAKERY)
    assert set((found.hours / BAKERY.task_hours).ravel()) <= {0.0, 1.0}, "no card is cut"
    np.testing.assert_allclose(found.hours.sum(axis=1), BAKERY.worker_hours)
    assert not found.hours[~BAKERY.qualified].any()
    # By hand: the shop counter fills a week, and 6 is 1.5 above the mean for desirability, 4.5.
    assert found.tolerance == pytest.approx(1.5)
    assert _whole_by_another_program(BAKERY, 1.5 - 1e-3) is None
    assert _whole_by_another_program(BAKERY, 1.5 + 1e-3) is not None


def _whole_by_another_program(place, band):
    """Whether whole cards fit into a band: the same question, in hours, as yes or no."""
    n, m = place.qualified.shape
    pairs = np.arange(n * m).reshape(n, m)
    rows, low, high = [], [], []

    def rule(columns, values, least, most):
        row = np.zeros(n * m)
        row[columns] = values
        rows.append(row), low.append(least), high.append(most)

    for t in range(m):
        rule(pairs[:, t], 1, 1, 1)
    for i in range(n):
        rule(pairs[i], place.task_hours, place.worker_hours[i], place.worker_hours[i])
        for k in range(place.ratings.shape[1]):
            values = place.task_hours * place.ratings[:, k] / place.worker_hours[i]
            rule(pairs[i], values, place.mean[k] - band, place.mean[k] + band)
        rule(pairs[i], np.where(place.qualified[i], 0, 1), 0, 0)
    with quiet():
        return milp(np.zeros(n * m), constraints=LinearConstraint(np.array(rows), low, high), integrality=1).x


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: jobs.deal(BAKERY, ["Amara"]), "12 cards, and you dealt 1"),
        (lambda: jobs.deal(BAKERY, ["Amra", *[None] * 11]), "Nobody here is called 'Amra'"),
        (lambda: jobs.deal(BAKERY, [*[None] * 6, "Chen", *[None] * 5]), "Chen can't do this: oven"),
        (
            lambda: jobs.uncut(jobs.Workplace(["a", "b"], [3, 1], [[1], [2]], ["x", "y"], [2, 2])),
            "Whole tasks can't add up",
        ),
    ],
)
def test_what_cannot_be_dealt_is_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()


# --- one's own, in lines ---------------------------------------------------------------------------------------------

TASKS = "cook: 10, 5, 6\ndishes: 5, 1, 2"
PEOPLE = "Bo: 10; likes cook 2, dishes -1\nEd: 5; not cook; training dishes 3"


def test_lines_become_the_workplace_they_describe():
    place = jobs.read_lines(f"\n  {TASKS}\n\n", PEOPLE)
    assert (place.tasks, place.workers) == (("cook", "dishes"), ("Bo", "Ed"))
    assert place.task_hours.tolist() == [10, 5]
    assert place.ratings.tolist() == [[5, 6], [1, 2]]
    assert place.qualified.tolist() == [[True, True], [False, True]]
    assert place.preferences.tolist() == [[2, -1], [0, 0]]
    assert place.training_hours.tolist() == [[0, 0], [0, 3]]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("cook: 10", "cook 10", "needs a name and a colon"),
        ("10, 5, 6", "10", "hours but no rating"),
        ("5, 6", "5", r"'dishes' must have 1 ratings .* it has \[1.0, 2.0\]"),
        ("5, 6", "5; 6", "where a number should be"),
        ("5, 6", "5, 16", "'cook' is rated 16. Rate from 0 to 10"),
        ("5, 6", "nan, 6", "no amount"),
        ("not cook", "not coook", "'coook' that is not in the list. Did you mean 'cook'"),
        ("likes cook", "lkes cook", "“lkes cook 2, dishes -1” in Bo's line can't be read"),
        ("likes cook 2, dishes -1", "likes cook", "needs a number after 'cook'"),
        ("Ed: 5", "Ed: 6", "add up: the tasks take 15, the workers have 16. Give the tasks 1"),
        ("Ed: 5", "Bo: 5", "'Bo' comes up 2 times"),
        ("Bo: 10", "Bo: -10", "can't be negative"),
        ("not cook", "not cook, dishes", "Ed is qualified for no task"),
        (TASKS, "", "There are no tasks yet. Write one a line"),
        (PEOPLE, " \n", "There are no people yet"),
    ],
)
def test_lines_that_cannot_be_read_are_refused_by_name_with_what_mends_them(old, new, words):
    assert old in TASKS + PEOPLE
    with pytest.raises(ValueError, match=words):
        jobs.read_lines(TASKS.replace(old, new, 1), PEOPLE.replace(old, new, 1))


def test_lines_must_be_text():
    with pytest.raises(TypeError, match="tasks must be text"):
        jobs.read_lines(["cook: 10, 5"], PEOPLE)


# --- the town --------------------------------------------------------------------------------------------------------


def test_the_town_is_the_five_workplaces_and_the_laundry():
    places = [jobs.workplace(name) for name in WORKPLACES]
    honest = town(laundry=3)
    np.testing.assert_allclose(honest.true, [*(place.mean for place in places), [3, 3]])
    np.testing.assert_allclose(honest.exchange.hours.sum(axis=1)[:5], [place.worker_hours.sum() for place in places])
    np.testing.assert_allclose(honest.after, np.tile(honest.exchange.mean, (6, 1)), atol=1e-5)


@pytest.mark.parametrize("band", [0, 0.5, 1.5])
def test_a_band_holds_what_is_stated_and_a_wider_one_needs_fewer_hours(band):
    for understated in (0, 1):
        near, wide = (town(tolerance=b, understated=understated) for b in (band, band + 0.5))
        assert near.exchange.tolerance <= band + 1e-5
        hours = near.exchange.hours.sum(axis=1)
        assert wide.away @ hours <= near.away @ hours + 1e-6
    np.testing.assert_allclose(near.exchange.hours.sum(axis=0), hours, rtol=1e-6, err_msg="a workplace lost hours")


def test_two_workplaces_within_a_band_exchange_just_enough():
    # Shares x and 3x away bring 4 and 8 to 4 + 4x and 8 - 12x; the mean is 5, so a band of 1.5 needs 8 - 12x = 6.5.
    found = jobs.across(["mine", "school"], [300, 100], [[4], [8]], tolerance=1.5)
    np.testing.assert_allclose(found.away, [1.5 / 12, 3 * 1.5 / 12], rtol=1e-6)
    with pytest.raises(ValueError, match="tolerance"):
        jobs.across(["a", "b"], [1, 1], [[1], [2]], tolerance=-1)


def test_rating_ones_own_work_too_low_pays():
    team = NAMES.index("software team")
    assert town(understated=2).after[team, 0] > town().after[team, 0] + 0.3


# --- the bar ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def shown(monkeypatch):
    """Pretend that a notebook runs us, and give what it was asked to show."""
    from parecon_edu.planning import progress

    said = []

    def html(text):
        said.append(text)
        return text

    bar = type("Bar", (), {"update": lambda self, picture: None})()
    monkeypatch.setattr("IPython.display.display", lambda *_, **__: bar)
    monkeypatch.setattr(watching, "PATIENCE", 0.05)
    monkeypatch.setattr(watching, "BETWEEN", 0.02)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "BETWEEN", 0.0)
    monkeypatch.setattr(progress, "_in_notebook", lambda: True)
    monkeypatch.setattr(progress, "_html", html)
    return said


def test_a_long_division_says_which_step_it_is_at_and_clears_the_bar(shown):
    with watching.watched("Dividing tasks", steps=3) as step:
        step("first")
        step("second <one>")
        time.sleep(0.4)
    assert any("step 2 of 3, second &lt;one&gt;" in picture for picture in shown)
    assert shown[-1] == "", "the bar is cleared"


def test_a_short_division_shows_nothing(shown):
    jobs.balance(jobs.Workplace(["a"], [1], [[1]], ["x"], [1]))
    assert shown == []


def test_an_error_inside_a_watched_division_comes_out_and_ends_the_watching(shown):
    before = threading.active_count()
    with pytest.raises(ValueError, match="mine"), watching.watched("Dividing", steps=1):
        raise ValueError("mine")
    assert threading.active_count() == before
