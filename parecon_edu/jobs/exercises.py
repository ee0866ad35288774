"""What `check` says about the exercises of lesson 05: ladders from the coarse mistakes to the fine ones.

Hints name a mistake and where to look; none holds an answer.
"""

from typing import Any

import numpy as np

from parecon_edu.jobs.model import balance, rotation
from parecon_edu.jobs.places import WORKPLACES, workplace
from parecon_edu.jobs.skill import shared_out
from parecon_edu.lesson.checks import (
    Case,
    Ladder,
    Law,
    answered,
    argument,
    cases,
    close,
    finite,
    mentions,
    mistaken_for,
    of_type,
    picked,
    satisfies,
)

# Whoever works by hand rounds to two or three decimals.
RATING, SHARE, TASKS = 0.006, 6e-4, 0.051

# --- 05.1: find a workplace with the panel ------------------------------------------------------------------------


def _unevenest() -> str:
    return max(WORKPLACES, key=lambda name: rotation(workplace(name)).tolerance)


def _named(answer: Any) -> str:
    """Read the workplace out of an answer such as "a small clinic" or "Software team"."""
    text = str(answer).casefold().replace("_", " ")
    known = {name.replace("_", " "): name for name in WORKPLACES} | {"bus": "bus_depot", "depot": "bus_depot"}
    return next((name for word, name in known.items() if word in text), "")


_FEW_LIMITS = (
    "Hardly anybody there is kept from a task, so turns come out nearly even. Where does a law say who may do what?"
)

LEAST_EVEN_IN_TURNS = Ladder(
    answered(),
    of_type("text", hint='Give the workplace in quotes, such as "bakery".'),
    *picked(
        _named,
        {
            "school": (
                "the second",
                "Near. The school has the second widest gap in turns. Who else may not do what?",
            ),
            "bakery": ("few limits", _FEW_LIMITS),
            "software": ("few limits", _FEW_LIMITS),
        },
        none="That is none of the five. Copy the words of the panel's second menu.",
    ),
    satisfies(
        lambda answer: _named(answer) == _unevenest(),
        "Somewhere else turns leave a job further from the mean. Choose “in turns” and go through all five.",
        name="another one",
    ),
    right="Turns need people who may do everything. Choose “balanced” in the same place: who does the bedpans now?",
)

# --- 05.2: one job by hand ----------------------------------------------------------------------------------------

_HOURS, _RATES = np.array([24.0, 8.0]), np.array([5.0, 8.0])  # dough, and books and pay
_JOB = float(_HOURS @ _RATES / _HOURS.sum())

JOB_BY_HAND = Ladder(
    answered(),
    mistaken_for([5, 8], "These are the two ratings. One number for the whole job is asked for.", name="both ratings"),
    of_type("number"),
    finite(),
    mistaken_for(
        float(_RATES.mean()),
        "You have taken the plain average of the two. But dough fills three times as many hours as the books.",
        name="did not weigh by hours",
    ),
    mistaken_for(
        float(_HOURS @ _RATES),
        "That is hours times ratings, added up. One step is missing: spread it over the whole week.",
        name="not divided",
    ),
    mistaken_for(
        float(_HOURS @ _RATES) / 40,
        "The week at the bakery has 32 hours, not 40.",
        name="a week of forty hours",
        atol=RATING,
    ),
    mistaken_for(
        (24 * 6 + 8 * 3) / 32,
        "You have weighed by hours, and that is right; but these are the ratings for desirability.",
        name="the other column",
        atol=RATING,
    ),
    mistaken_for(
        (24 * 8 + 8 * 5) / 32,
        "The two are swapped: which of them takes 24 hours?",
        name="swapped",
        atol=RATING,
    ),
    satisfies(lambda answer: 5 <= answer <= 8, "A mixture of 5 and 8 lies between the two.", name="outside"),
    close(_JOB, atol=RATING, hint="Hours times rating for both tasks, added up, divided by the hours of the week."),
    right="Above the mean of 4.35. So Dita's week is one of the more empowering ones; somebody else's pays for it.",
)

# --- 05.3: a band -------------------------------------------------------------------------------------------------


def _tasks(tolerance: float | None) -> float:
    return float(balance(workplace("bakery"), tolerance=tolerance, search=0).tasks_per_worker.mean())


TASKS_IN_A_BAND = Ladder(
    answered(),
    mistaken_for(
        lambda: balance(workplace("bakery"), tolerance=1, search=0).tasks_per_worker,
        "These are the tasks of each of the five. Take their mean.",
        name="one by one",
    ),
    of_type("number"),
    finite(),
    mistaken_for(
        lambda: _tasks(None),
        "That is with no difference allowed. Put the band in: `tolerance=1`.",
        name="no band",
        atol=TASKS,
    ),
    mistaken_for(
        lambda: 5 * _tasks(1),
        "That is all five people's tasks together. How many is it for each?",
        name="the sum",
        atol=TASKS,
    ),
    mistaken_for(
        lambda: _tasks(2),
        "That is what a band of 2 gives. A band of 1 is asked for.",
        name="band of two",
        atol=TASKS,
    ),
    close(
        lambda: _tasks(1),
        atol=TASKS,
        hint="`jobs.balance(bakery, tolerance=1, search=0).tasks_per_worker` has five numbers; give their mean.",
    ),
    right="A point of difference saves each of them more than a task. Advocates of balance call this a band; "
    "opponents ask why there should be one at all.",
)

# --- 05.4: build the ratings of jobs --------------------------------------------------------------------------------


def _ratings(hours: Any, ratings: Any) -> Any:
    hours = np.asarray(hours, dtype=float)
    return hours @ np.asarray(ratings, dtype=float) / hours.sum(axis=1)


def _job_case(hours: list[list[float]], ratings: list[float], *, words: str, hint: str, expected: Any = None) -> Case:
    right = _ratings(hours, ratings) if expected is None else expected
    return Case(args=(np.array(hours), np.array(ratings)), expected=right, words=words, hint=hint)


JOB_RATINGS = Ladder(
    answered(),
    of_type("function"),
    cases(
        _job_case(
            [[10.0, 0.0], [0.0, 10.0]],
            [8.0, 2.0],
            words="two people with one task each",
            hint="Whoever does one task only has that task's rating: the first gets 8, the second 2.",
        ),
        _job_case(
            [[5.0, 5.0], [5.0, 5.0]],
            [8.0, 2.0],
            words="two people who do half of each",
            hint="Both do half of each task, so both should get what lies in the middle.",
        ),
        _job_case(
            [[9.0, 1.0], [1.0, 9.0]],
            [8.0, 2.0],
            words="unequal hours",
            hint="Nine hours at 8 and one at 2 should weigh nine to one. Weigh by hours.",
        ),
        _job_case(
            [[10.0, 10.0], [1.0, 1.0]],
            [8.0, 2.0],
            words="a full week and a short one",
            expected=Law(lambda result: abs(float(np.ptp(np.asarray(result, dtype=float)))) < 1e-9),
            hint="The short week has the same mixture as the long one, so the same rating. Divide each row by its own "
            "hours, not by those of all.",
        ),
        _job_case(
            [[4.0, 2.0, 2.0], [1.0, 6.0, 9.0], [3.0, 3.0, 3.0]],
            [9.0, 5.0, 1.0],
            words="three people, three tasks",
            hint="Go row by row: is it `sum(axis=1)`, or a loop over the rows?",
        ),
    ),
    right="With this you can rate any week, your own too. Now take two rows and swap an hour between them: whose "
    "rating moves, and by how much?",
)

# --- 05.5: build the sign -------------------------------------------------------------------------------------------


def _sign_case(chance: float, doers: int, phi: float, *, words: str, hint: str) -> Case:
    return Case(
        args=(10, 100, chance, doers, phi),
        expected=shared_out(10, 100, chance=chance, doers=doers, exponent=phi),
        words=words,
        hint=hint,
    )


OUTPUT_IF_SHARED = Ladder(
    answered(),
    of_type("function"),
    cases(
        _sign_case(
            1.0,
            20,
            0.0,
            words="everybody had the chance, and practice does not matter",
            hint="Then only talent counts. `jobs.talent(places, people)` gives it for those before, "
            "`jobs.talent(doers, people)` for those after; divide after by before.",
        ),
        _sign_case(
            0.2,
            20,
            0.0,
            words="a fifth had the chance",
            hint="Before, the best were chosen from those who had the chance only: 20 of 100. Whole people: `round`.",
        ),
        _sign_case(
            1.0,
            20,
            0.3,
            words="practice at φ = 0.3",
            hint="Each of the twenty now spends half the time on it. Multiply by `(places / doers) ** phi`.",
        ),
        _sign_case(
            0.5,
            40,
            0.15,
            words="forty who share it, half had the chance",
            hint="Each spends a quarter of the time on it, and the best of 50 did it before.",
        ),
        _sign_case(
            0.2,
            10,
            0.3,
            words="ten before and ten after",
            hint="Nobody spends less time on it than before, so practice costs nothing, and more had the chance.",
        ),
    ),
    right="The whole argument of the last panel in two factors. Which of the two would you measure first, and how?",
)

# --- 05.6: argue ----------------------------------------------------------------------------------------------------

ARGUE = argument(
    mentions(
        ["share", "rota", "turn", "balance", "specialis", "divide", "everybody", "everyone"],
        "Is the task to be shared or not? Say what you would do with it.",
    ),
    mentions(
        ["practice", "practise", "skill", "talent", "chance", "learn", "train", "experience", "quick"],
        "Nothing is said of practice or of talent yet. Which of the two weighs more for this task?",
    ),
    holds="a task, a reason and an objection",
)

#: Ladders by exercise; `check` finds them here.
LADDERS: dict[str, Ladder] = {
    "05.1": LEAST_EVEN_IN_TURNS,
    "05.2": JOB_BY_HAND,
    "05.3": TASKS_IN_A_BAND,
    "05.4": JOB_RATINGS,
    "05.5": OUTPUT_IF_SHARED,
    "05.6": ARGUE,
}
