"""What `check` says about the exercises of lessons 00 and 04: ladders from the coarse mistakes to the fine ones.

Hints name a mistake and where to look; none holds an answer.
"""

from typing import Any

import numpy as np

from parecon_edu.lesson.checks import (
    Case,
    Ladder,
    Law,
    Step,
    answered,
    argument,
    cases,
    close,
    finite,
    mentions,
    mistaken_for,
    names_somebody,
    of_shape,
    of_type,
    picked,
    satisfies,
)
from parecon_edu.remuneration.bakers import BAKERY, BAKERY_POOL
from parecon_edu.remuneration.inequality import gini
from parecon_edu.remuneration.model import NORMS, People, pay, sacrifice
from parecon_edu.remuneration.ratings import cap_ratings
from parecon_edu.validation.people import Array

# Whoever works by hand rounds to whole money, to three decimals of a Gini, to two of a rating.
MONEY, SHARE = 0.51, 6e-4

_EFFORT = pay(BAKERY, "effort", pool=BAKERY_POOL)
_ABLE = BAKERY.able


def _split(claims: Array, *, among: float = BAKERY_POOL) -> Array:
    return np.asarray(among * claims / claims.sum())


def _with_average(claims: Array) -> Array:
    """The able share their part of the pool by these claims; Dita has the average."""
    average = BAKERY_POOL / len(BAKERY)
    return np.where(_ABLE, _split(np.where(_ABLE, claims, 0.0), among=_ABLE.sum() * average), average)


def _mistaken_pay(wrong: Array, hint: str, *, name: str) -> Step:
    return mistaken_for(wrong, hint, name=name, atol=MONEY)


# --- 00.1: add up three numbers -------------------------------------------------------------------

_HOURS = float(BAKERY.hours.sum())

FIRST_SUM = Ladder(
    answered(),
    mistaken_for(
        BAKERY.hours[_ABLE].tolist(),
        "These are the hours one by one. How many are they together?",
        name="not added up",
    ),
    of_type("number"),
    finite(),
    mistaken_for(3, "That counts the people who worked. Add up their hours instead.", name="counted the people"),
    mistaken_for(_HOURS / 3, "That is the average of the three. It asks for all their hours.", name="the average"),
    *(
        mistaken_for(
            _HOURS - hours, f"Somebody is missing: did you add {name}'s hours as well?", name="somebody is missing"
        )
        for name, hours in zip(BAKERY.names, BAKERY.hours, strict=True)
        if hours > 0
    ),
    close(_HOURS, hint="Add Amara's hours, Bo's and Chen's: three numbers, in the story at the top."),
    right="That is how a check works: it tells you where to look, and you may try as often as you like.",
)

# --- 04.1: find a norm with the panel -------------------------------------------------------------

_BEST_FOR_BO = max(NORMS, key=lambda norm: pay(BAKERY, norm, pool=BAKERY_POOL)[1])


def _norm_named(answer: Any) -> str:
    """Read the norm out of an answer such as "Bargaining" or the words of the panel's menu."""
    # The menu's words live with the figures, which load plotly: not before somebody answers.
    from parecon_edu.remuneration.figures import NORM_WORDS

    text = str(answer).strip().strip("\"'.").casefold()
    spoken = {words.casefold(): norm for norm, words in NORM_WORDS.items()}
    return spoken.get(text) or next((norm for norm in NORMS if text.startswith(norm)), "")


BEST_FOR_BO = Ladder(
    answered(),
    of_type("text", hint='Give the name of the norm in quotes, such as "equal".'),
    *picked(
        _norm_named,
        {
            "property": (
                "guessed property",
                "Bo owns the oven, so this is a good guess. But somebody else owns more, and the oven earns only its "
                "share. Read Bo's bar under each of the six, not only the one you expect.",
            ),
            "output": (
                "took output",
                "Bo bakes a good deal at night, yet not the most of the four. Is there a norm that counts his baking "
                "and something else besides?",
            ),
        },
        none="That is none of the six norms. Copy the words that the panel's menu shows, or one of "
        "`remuneration.NORMS`.",
    ),
    satisfies(
        lambda answer: _norm_named(answer) == _BEST_FOR_BO,
        "Bo gets more under another norm. Go through all six in the menu and write down Bo's pay each time.",
        name="another norm pays more",
    ),
    right="Nobody else will take the nights, and Bo bakes well: this norm multiplies the two. "
    "Now try it for the others: each of the four has a different favourite.",
)

# --- 04.2: effort pay by hand ---------------------------------------------------------------------

EFFORT_BY_HAND = Ladder(
    answered(),
    of_type("numbers"),
    mistaken_for(
        _EFFORT[_ABLE],
        "These are the three who worked. Dita is one of the four as well: what does the rule give those who can't "
        "work?",
        name="left out those who cannot work",
        atol=MONEY,
    ),
    of_shape(4, each="person"),
    finite(),
    satisfies(
        lambda answer: bool((np.asarray(_numbers(answer)) >= 0).all()),
        "Somebody gets less than nothing. Pay is shared out here; nobody pays in.",
        name="negative pay",
    ),
    mistaken_for(
        sacrifice(BAKERY),
        "These are the sacrifices. Now share the money in proportion to them.",
        name="stopped at the sacrifices",
    ),
    mistaken_for(
        _EFFORT / BAKERY_POOL,
        "These are shares of the pool. Turn them into money.",
        name="shares, not money",
        atol=SHARE,
    ),
    _mistaken_pay(
        _split(sacrifice(BAKERY)),
        "Dita gets nothing here. What does the rule give somebody who can't work? Set that aside first, "
        "then share the rest.",
        name="forgot the people who cannot work",
    ),
    _mistaken_pay(
        np.where(_ABLE, _split(sacrifice(BAKERY)), BAKERY_POOL / 4),
        "You have shared the whole pool among three and then given Dita something on top: it adds up to more than "
        "there is. Set Dita's part aside first.",
        name="shared it twice",
    ),
    _mistaken_pay(
        _with_average(BAKERY.output),
        "This goes by what each made. Effort pay looks at what it cost them: hours, how hard, how unpleasant.",
        name="used output instead of effort",
    ),
    _mistaken_pay(
        pay(BAKERY, "output", pool=BAKERY_POOL),
        "This is pay by output. Effort pay looks at what the work cost each of them: hours, how hard, how unpleasant.",
        name="used output instead of effort",
    ),
    _mistaken_pay(
        pay(BAKERY, "equal", pool=BAKERY_POOL),
        "Everybody gets the same here. Do all of them make the same sacrifice?",
        name="paid all the same",
    ),
    _mistaken_pay(
        _with_average(BAKERY.hours),
        "You have counted hours only. An hour in the flour store is harder than an hour at the counter, and an hour at "
        "night is worse than one by day.",
        name="counted hours only",
    ),
    _mistaken_pay(
        _with_average(BAKERY.hours * BAKERY.onerousness),
        "You have counted the nights, but not how hard the work was. Who had the hardest hours?",
        name="forgot intensity",
    ),
    _mistaken_pay(
        _with_average(BAKERY.hours * BAKERY.intensity),
        "You have counted how hard the work was, but not the conditions. Who had the worst hours to work in?",
        name="forgot onerousness",
    ),
    _mistaken_pay(
        _with_average(BAKERY.hours * (BAKERY.intensity + BAKERY.onerousness)),
        "You have added intensity and onerousness. They multiply: an hour that is half as hard again counts as an hour "
        "and a half.",
        name="added instead of multiplying",
    ),
    satisfies(
        lambda answer: abs(sum(_numbers(answer)) - BAKERY_POOL) <= 2.5,
        "Your four numbers don't add up to what the bakery took in. Compare their sum with the pool.",
        name="does not add up",
    ),
    close(
        _EFFORT,
        atol=MONEY,
        hint="It adds up, but not in proportion. Work out hours × intensity × onerousness for each of the three, set "
        "Dita's part aside, and share the rest in that proportion.",
    ),
    right="Notice what the rule says about Chen: the dirtiest work of the four, and the lowest pay, because of "
    "the hours. Would you defend that in front of Chen?",
)


def _numbers(answer: Any) -> list[float]:
    values = answer.values() if isinstance(answer, dict) else answer
    return [float(value) for value in values]


# --- 04.3: the Gini of it -------------------------------------------------------------------------

_GINI = gini(_EFFORT)

GINI_OF_EFFORT = Ladder(
    answered(),
    of_type("number"),
    finite(),
    mistaken_for(
        100 * _GINI,
        "That is the Gini in per cent. Give it as a number between 0 and 1.",
        name="in per cent",
        atol=100 * SHARE,
    ),
    satisfies(lambda answer: 0 <= answer <= 1, "A Gini lies between 0 (all alike) and 1 (one has all).", name="range"),
    mistaken_for(
        gini(pay(BAKERY, "output", pool=BAKERY_POOL)),
        "That is the Gini of output pay. Which array did you give to `gini`?",
        name="Gini of output pay",
        atol=SHARE,
    ),
    mistaken_for(
        gini(sacrifice(BAKERY)),
        "That is the Gini of the sacrifices, with Dita at nothing. It asks for the Gini of the pay.",
        name="Gini of the sacrifices",
        atol=SHARE,
    ),
    mistaken_for(
        gini(_EFFORT[_ABLE]),
        "That is the Gini among the three who worked. Dita is paid as well.",
        name="left out those who cannot work",
        atol=SHARE,
    ),
    mistaken_for(
        _GINI * 4 / 3,
        "That is the formula for a sample, which multiplies by n/(n − 1). These four are all the people there are.",
        name="sample formula",
        atol=SHARE,
    ),
    mistaken_for(
        2 * _GINI,
        "That is twice the Gini. The differences between all pairs are divided by twice the mean.",
        name="twice",
        atol=SHARE,
    ),
    mistaken_for(
        1 - _GINI,
        "You have it upside down: 0 stands for all alike, not for one has all.",
        name="upside down",
        atol=SHARE,
    ),
    close(_GINI, atol=SHARE, hint="Give the four amounts of exercise 04.2 to `gini`, all of them and nothing else."),
    right="Among four people one number hides a lot: ask who stands where, not only how far apart they are.",
)

# --- 04.4: effort pay with a floor ----------------------------------------------------------------


def _people(
    *,
    hours: list[float],
    able: list[bool],
    intensity: list[float] | None = None,
    onerousness: list[float] | None = None,
) -> People:
    ones = [1.0] * len(hours)
    return People(hours, intensity or ones, onerousness or ones, ones, ones, ones, ones, able)


def _floored(people: People, pool: float, floor: float) -> Array:
    return floor + pay(people, "effort", pool=pool - floor * len(people))


def _floor_case(people: People, pool: float, floor: float, *, words: str, hint: str, expected: Any = None) -> Case:
    right = _floored(people, pool, floor) if expected is None else expected
    return Case(args=(people, pool, floor), expected=right, words=words, hint=hint)


_TWO = _people(hours=[30, 10], able=[True, True])
_ONE_ILL = _people(hours=[30, 10, 0], able=[True, True, False])
_ALL_ILL = _people(hours=[0, 0], able=[False, False])
_HARDER = _people(hours=[20, 20], able=[True, True], intensity=[1.0, 1.5], onerousness=[1.0, 2.0])

PAY_WITH_FLOOR = Ladder(
    answered(),
    of_type("function"),
    cases(
        _floor_case(
            _TWO,
            400,
            0,
            words="no floor at all",
            hint="Without a floor it is plain effort pay, so `pay(people, 'effort', pool=...)` can do the work.",
        ),
        _floor_case(
            _TWO,
            400,
            150,
            words="a floor of 150, two people and a pool of 400",
            expected=Law(lambda result: abs(sum(_numbers(result)) - 400) < 1e-6),
            hint="What is paid out does not add up to the pool. Give everybody the floor first, out of the pool, and "
            "share only what is left.",
        ),
        _floor_case(
            _TWO,
            400,
            150,
            words="a floor of 150, two people and a pool of 400",
            expected=Law(lambda result: min(_numbers(result)) >= 150 - 1e-6),
            hint="Somebody gets less than the floor. Where does your function use it?",
        ),
        _floor_case(
            _TWO,
            400,
            150,
            words="a floor of 150, two people and a pool of 400",
            expected=Law(lambda result: min(_numbers(result)) > 150 + 1e-6),
            hint="Both work, so both should get something on top of the floor.",
        ),
        _floor_case(
            _TWO,
            400,
            150,
            words="a floor of 150, two people and a pool of 400",
            hint="The floor is right, the rest is not: it goes by effort.",
        ),
        _floor_case(
            _HARDER,
            900,
            50,
            words="equal hours, but one works harder and in worse conditions",
            hint="The rest goes by sacrifice, not by hours alone.",
        ),
        _floor_case(
            _ONE_ILL,
            600,
            60,
            words="one person who can't work",
            hint="Somebody who can't work gets the floor like everybody, and of the rest what effort pay gives them.",
        ),
        _floor_case(
            _ALL_ILL,
            400,
            100,
            words="nobody able to work",
            hint="Then the rest is shared equally; effort pay already does that, if you let it.",
        ),
        _floor_case(
            _TWO,
            400,
            200,
            words="a floor that uses up the whole pool",
            hint="Then everybody gets the floor and there is nothing left to share.",
        ),
        _floor_case(BAKERY, BAKERY_POOL, 150, words="the bakery's four", hint="Compare it with exercise 04.2."),
    ),
    right="You have just mixed two norms, equal and effort. Try floors from 0 to 300 and watch the Gini.",
)

# --- 04.5: the cap --------------------------------------------------------------------------------


def _cap_case(ratings: list[float], *, words: str, hint: str) -> Case:
    return Case(args=(np.array(ratings),), expected=cap_ratings(ratings), words=words, hint=hint)


CAP = Ladder(
    answered(),
    of_type("function"),
    cases(
        _cap_case(
            [1.5, 1.5, 1.5],
            words="ratings of 1.5 for all three",
            hint="Their average is above 1. The cap brings it down to 1.",
        ),
        _cap_case(
            [2.0, 0.5, 0.5],
            words="ratings of 2, 0.5 and 0.5",
            hint="Their average is 1, so the cap has nothing to do. It looks at the average, not at each person.",
        ),
        _cap_case(
            [0.9, 0.6, 0.3],
            words="ratings of 0.9, 0.6 and 0.3",
            hint="Their average is below 1. A cap holds ratings down; it never lifts them up.",
        ),
        _cap_case(
            [3.0, 1.5],
            words="ratings of 3 and 1.5",
            hint="The average should come down to 1, and whoever had twice as much should still have twice as much. "
            "Scale all by one factor.",
        ),
        _cap_case(
            [0.0, 0.0],
            words="ratings of 0 for everybody",
            hint="There is nothing to hold down here. Do you divide by an average of 0?",
        ),
    ),
    right="Now multiply all ratings by 2 before the cap and compare: that is all a cap can do, and nobody's share "
    "changes.",
)

# --- 04.6: argue ----------------------------------------------------------------------------------

ARGUE = argument(
    mentions(
        [*NORMS, "effort", "sacrific", "own", "power", "made", "equal", "same", "needs"],
        "Which rule do you argue for? Name what it rewards.",
    ),
    names_somebody(
        BAKERY.names,
        "Whom does it touch? Say what your rule does to at least one of the four, by name.",
    ),
    holds="a rule, a person and an objection",
)

#: Ladders by exercise; `check` finds them here.
LADDERS: dict[str, Ladder] = {
    "00.1": FIRST_SUM,
    "04.1": BEST_FOR_BO,
    "04.2": EFFORT_BY_HAND,
    "04.3": GINI_OF_EFFORT,
    "04.4": PAY_WITH_FLOOR,
    "04.5": CAP,
    "04.6": ARGUE,
}
