"""What `check` says about the exercises of lesson 10: ladders from the coarse mistakes to the fine ones.

Hints name a mistake and where to look; none holds an answer.
"""

from functools import cache
from typing import Any

import numpy as np

from parecon_edu.economy import scenario
from parecon_edu.economy.scenarios import INSTITUTIONS, Scenario
from parecon_edu.institutions.comparison.discovery import growth_needed
from parecon_edu.institutions.comparison.model import Comparison, compare
from parecon_edu.lesson.checks import (
    NOT_ANSWERED,
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
    of_type,
    picked,
    satisfies,
)

# --- 10.1: find a loser's best with the panel -------------------------------------------------------------------------


def institution_named(answer: Any) -> str:
    """Read an institution out of an answer such as "the central plan" or "Participatory".

    Examples
    --------
    >>> institution_named("The participatory plan"), institution_named("plan")
    ('participatory', '')
    """
    text = str(answer).casefold()
    found = [name for name, word in zip(INSTITUTIONS, ("market", "central", "particip"), strict=True) if word in text]
    return found[0] if len(found) == 1 else ""


@cache
def _usual() -> Comparison:
    return compare(scenario("riverside"), case="typical")


def _best_for(name: str, comparison: Comparison) -> str:
    h = comparison.market.neighbourhoods.index(name)
    values = [outcome.equivalent_by_council[h] for outcome in comparison.outcomes]
    return INSTITUTIONS[int(np.argmax(values))]


LOW_MEADOW = Ladder(
    answered(),
    of_type("text", hint='Give the name of the institution in quotes, such as "the market".'),
    *picked(
        institution_named,
        {
            "market": (
                "the market",
                "Low Meadow owns one part in a hundred of what can be owned, and lies right under the plume. Read the "
                "last row of the picture again, on a usual day.",
            ),
            "participatory": (
                "the participatory plan",
                "A good guess: the smoke is lowest there, and the charge goes to those who breathe it. Yet somebody "
                "who misses meetings and has bad luck with raters pays for that. Read the last row, on a usual day, "
                "year 0.",
            ),
        },
        none="That is none of the three. Write the market, the central plan or the participatory plan, and only one.",
    ),
    satisfies(lambda answer: institution_named(answer) == _best_for("Low Meadow", _usual()), "Read it once more."),
    right="Equal incomes count for more there than clean air and a say. In another year the draw of the ratings is "
    "another: try years 1 to 5 and see how often it stays so.",
)

# --- 10.2: how a town's number is made --------------------------------------------------------------------------------

FOUR = (2.0, 1.0, 0.5, 0.5)
_TOWN = float(np.exp(np.mean(np.log(FOUR))))

TOWN_NUMBER = Ladder(
    answered(),
    of_type("number"),
    finite(),
    mistaken_for(
        float(np.mean(FOUR)),
        "That is the plain average, in which one who has twice as much makes up for two who have half. In the town's "
        "number halving costs as much as doubling gains: average the logs, and take exp of it.",
        name="plain average",
    ),
    mistaken_for(
        float(np.mean(np.log(FOUR))),
        "That is the average of the logs. Turn it back into a share of everything: exp of it.",
        name="stopped at the logs",
    ),
    mistaken_for(
        float(np.prod(FOUR)), "That is the product. With four numbers, take its fourth root.", name="stopped early"
    ),
    mistaken_for(min(FOUR), "That is the one who has least. All four count here.", name="the least"),
    mistaken_for(
        float(np.sqrt(np.prod(FOUR))), "You took the square root; there are four numbers.", name="square root"
    ),
    close(_TOWN, 2e-3, hint="`np.exp(np.mean(np.log(four)))`: logs, their average, and back again."),
    right="The plain average of the same four is exactly 1. Whoever adds up in that way calls this town as well off as "
    "the best plan, although two of its four neighbourhoods have half.",
)

# --- 10.3: how much faster would it have to grow? ---------------------------------------------------------------------


def _needed(years: float) -> float:
    return growth_needed(_usual().market.equivalent, years=years)


GROWTH = Ladder(
    answered(),
    of_type("number"),
    finite(),
    satisfies(
        lambda answer: float(answer) > 0,
        "A loss can only be made good by growth that is faster, so by something above 0.",
        name="not faster",
    ),
    satisfies(
        lambda answer: abs(float(answer) - (1 - _usual().market.equivalent)) > 1e-3,
        "That is the loss itself. How much is that a year, if it is made good in twenty years?",
        name="the loss",
    ),
    satisfies(
        lambda answer: abs(float(answer) / 100 / _needed(20) - 1) > 0.03,
        "That is in per cent. Give it as a share: half a per cent is 0.005.",
        name="in per cent",
    ),
    satisfies(
        lambda answer: abs(float(answer) / _needed(10) - 1) > 0.03,
        "That makes it good in ten years. You have twenty.",
        name="ten years",
    ),
    close(
        lambda: _needed(20),
        0.03,
        hint="ln(1 / what is left), divided by the years: `growth_needed(left, years=20)` does it. What is left is the "
        "town's number for the market on a usual day.",
    ),
    right="Is that much or little? Rich countries are commonly said to have grown by about 2 % a year over the last "
    "century. It depends on what makes people search for better ways, and nobody has measured that for all three.",
)

# --- 10.4: build: who is best off where -------------------------------------------------------------------------------


class _Fake:
    """Three outcomes with made-up well-being, for trying a learner's function."""

    def __init__(self, market: list[float], central: list[float], participatory: list[float]) -> None:
        names = tuple("ABCDEFGH"[: len(market)])
        for name, values in {"market": market, "central": central, "participatory": participatory}.items():
            setattr(self, name, _FakeOutcome(name, names, np.array(values)))
        self.outcomes = tuple(getattr(self, name) for name in INSTITUTIONS)


class _FakeOutcome:
    def __init__(self, institution: str, neighbourhoods: tuple[str, ...], values: Any) -> None:
        self.institution, self.neighbourhoods, self.equivalent_by_council = institution, neighbourhoods, values


def _supporters(result: Any, expected: dict[str, list[str]]) -> bool:
    return isinstance(result, dict) and {key: list(value) for key, value in result.items()} == expected


_ONE = _Fake([2.0, 0.5], [0.9, 0.8], [0.7, 0.9])
_NONE = _Fake([0.9, 0.9, 0.9], [0.8, 0.8, 0.8], [0.7, 0.7, 0.7])

SUPPORTERS = Ladder(
    answered(),
    of_type("function"),
    cases(
        Case(
            args=(_ONE,),
            expected=Law(lambda result: isinstance(result, dict)),
            words="two neighbourhoods",
            hint="It should give back a dictionary: the institutions as keys, a list of neighbourhoods for each.",
        ),
        Case(
            args=(_ONE,),
            expected=Law(lambda result: set(result) == set(INSTITUTIONS)),
            words="two neighbourhoods",
            hint="Its keys should be 'market', 'central' and 'participatory', also where nobody is best off.",
        ),
        Case(
            args=(_ONE,),
            expected=Law(lambda result: _supporters(result, {"market": ["A"], "central": [], "participatory": ["B"]})),
            words="A best off with the market and B with the participatory plan",
            hint="Compare the same neighbourhood under the three, not the neighbourhoods with one another.",
        ),
        Case(
            args=(_NONE,),
            expected=Law(
                lambda result: _supporters(result, {"market": ["A", "B", "C"], "central": [], "participatory": []})
            ),
            words="the market best for everybody",
            hint="All three neighbourhoods belong to it, in their order, and the other two lists are empty.",
        ),
    ),
    right="If neighbourhoods voted for the institution under which they are best off, this would be the count. Would "
    "they know beforehand who they are going to be?",
)

# --- 10.5: your own town ----------------------------------------------------------------------------------------------


def _riverside_still(town: Any) -> str | None:
    """Say that nothing was changed: the exercise comes with Riverside's own numbers, to be written over."""
    riverside = scenario("riverside")
    same = (
        isinstance(town, Scenario)
        and town.people.names == riverside.people.names
        and np.allclose(town.people.ownership, riverside.people.ownership)
        and np.allclose(town.economy.damage, riverside.economy.damage)
    )
    return "Not answered yet: this is Riverside still. Write your own town over it." if same else None


OWN_TOWN = Ladder(
    answered(),
    Step(NOT_ANSWERED, _riverside_still),
    of_type(Scenario, hint="What is asked for here is a town, made with `own_town(...)`."),
    satisfies(
        lambda town: not np.allclose(town.people.ownership, scenario("riverside").people.ownership),
        "The ownership is Riverside's still. Give `ownership=` eight numbers: who owns how much where you live?",
        name="ownership unchanged",
    ),
    satisfies(
        lambda town: town.people.names != scenario("riverside").people.names,
        "The neighbourhoods have Riverside's names still. Give `neighbourhoods=` eight names that you know.",
        name="names unchanged",
    ),
    satisfies(
        lambda town: max(abs(outcome.equivalent - 1) for outcome in compare(town).outcomes) < 1e-6,
        "At their best the three should agree in any town, and in yours they don't. Make it with `own_town` alone.",
        name="no agreement",
    ),
    right="Whatever you changed, at their best all three agree in your town too. Now look who is worst off on a usual "
    "day, and show it to somebody who lives there.",
)

# --- 10.6: argue ------------------------------------------------------------------------------------------------------

ARGUMENT = argument(
    mentions(
        ["market", "central", "particip"],
        "Name the institution that you defend: the market, the central plan, or the participatory plan.",
    ),
    mentions(
        ["hidden", "slack", "capacity", "owner", "unequal", "smoke", "meeting", "surprise", "growth", "effort", "luck"],
        "Name the assumption on which your case hangs, in the words of a slider.",
    ),
    mentions(
        ["hilltop", "northgate", "orchard", "old mill", "eastside", "canal", "harbour", "low meadow"],
        "Say who loses by it, by name: which neighbourhood?",
    ),
    holds="a case, an assumption, a loser and an objection",
    least=50,
)

LADDERS = {
    "10.1": LOW_MEADOW,
    "10.2": TOWN_NUMBER,
    "10.3": GROWTH,
    "10.4": SUPPORTERS,
    "10.5": OWN_TOWN,
    "10.6": ARGUMENT,
}
