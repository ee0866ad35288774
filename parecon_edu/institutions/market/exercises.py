"""What `check` says about the exercises of lesson 06: ladders from the coarse mistakes to the fine ones.

Hints name a mistake and where to look; none holds an answer.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from parecon_edu.economy import scenario
from parecon_edu.institutions.market.cards import FIREWOOD, Cards, crossing
from parecon_edu.institutions.market.model import allocate
from parecon_edu.institutions.market.pit import Table, trade
from parecon_edu.lesson.checks import (
    Case,
    Ladder,
    Step,
    answered,
    argument,
    cases,
    close,
    finite,
    mentions,
    mistaken_for,
    of_shape,
    of_type,
)
from parecon_edu.lesson.trouble import in_words

# --- 06.1: a load sold --------------------------------------------------------------------------------------------

SOLD_AT = 24.0


def _table(code: str) -> Table:
    """Read a scenario code as the panel does, and give the market it stands for."""
    from parecon_edu.institutions.market.controls import panel, table_of  # widgets: not before somebody answers

    played = panel("pit")
    played.restore(code.strip().strip("\"'`"))
    return table_of(played.values)


def _reads(answer: Any) -> str | None:
    try:
        _table(answer)
    except ValueError as error:
        return str(error)
    return None


def _northgate(answer: Any) -> str | None:
    you = _table(answer).you
    if you == "Northgate":
        return None
    return f"Here you hold the card of {you}. Press More, choose the seller from Northgate, and deal anew."


def _sold(answer: Any) -> str | None:
    table = _table(answer)
    if not any(day.over for day in table.days):
        return "The market is still open. Press “To the end of the day”, and copy the code after that."
    gain = max(day.gains()["Northgate"] for day in table.days if day.over)
    best = gain + table.cards.limit("Northgate")
    if best >= SOLD_AT:
        return None
    if gain == 0:
        return "You went home with your load. A low ask is taken sooner: how low can you go, with a cost of 16?"
    return (
        f"You sold at {best:.0f}. Do buyers bid more later in the day? Deal anew, and listen a little before you call."
    )


SELL = Ladder(
    answered(placeholder=""),
    of_type("text", hint="Put the scenario code between quotation marks, as one line."),
    Step("no scenario code of this panel", _reads),
    Step("somebody else's card", _northgate),
    Step("not sold high enough", _sold),
    right="You sold well, and knew one number. Who paid for it? The buyer might have met a cheaper seller.",
)

# --- 06.2: a crossing by hand ---------------------------------------------------------------------------------------

BY_HAND = Ladder(
    answered(),
    of_type("numbers"),
    of_shape(3, each="loads, lowest price, highest price"),
    finite(),
    mistaken_for([2, 22, 18], "These are the right numbers; the lower price comes first.", name="swapped"),
    mistaken_for([2, 14, 26], "At 14 the buyer with 14 comes in, or the seller with 18 stays out. Look at both sides."),
    mistaken_for([2, 18, 26], "At 26, would the buyer with 22 still buy?", name="only sellers"),
    mistaken_for([2, 14, 22], "At 14, would the seller with 18 still sell?", name="only buyers"),
    Step(
        "wrong number of loads",
        lambda answer: (
            None
            if float(np.asarray(answer)[0]) == 2
            else "Match the highest value with the lowest cost, then the next two. How far does it go without a loss?"
        ),
    ),
    close([2, 18, 22], hint="At which prices do two want a load, and two sell one? Try 17, 18, 22 and 23."),
    right="Two people out of six set the two ends of it, and neither of them knew.",
)

# --- 06.3: how much harm may stay without a price? ------------------------------------------------------------------

SMOKE = 20.0
NEAR = 0.05


def _smoke(share: float) -> float:
    return allocate(scenario("riverside"), unpriced_harm=share).emissions


def _share(answer: Any) -> str | None:
    share = float(answer)
    if not 0 <= share <= 1:
        return "It is a share of the harm: from 0, all of it has a price, to 1, none of it has."
    if _smoke(share) > SMOKE:
        return (
            f"Then there are {_smoke(share):.1f} units of smoke, more than {SMOKE:.0f}. More of the harm needs a price."
        )
    if share + NEAR <= 1 and _smoke(share + NEAR) <= SMOKE:
        return f"That is {_smoke(share):.1f} units. You could leave a little more of the harm without a price."
    return None


UNPRICED = Ladder(
    answered(placeholder=1.0),  # with which the learner begins
    of_type("number"),
    finite(),
    Step("too much smoke, or too careful", _share),
    right="A third of the harm may stay without a price, and smoke rises by a quarter. The last fifth adds half again.",
)

# --- 06.4: the number of loads --------------------------------------------------------------------------------------

LOADS = Ladder(
    answered(),
    of_type("function"),
    cases(
        Case(([30, 22, 14], [10, 18, 26]), 2, words="the cards of exercise 2"),
        Case(
            ([14, 30, 22], [10, 26, 18]),
            2,
            words="the same cards in another order",
            hint="People don't stand in line by their cards. Sort first: which side from the top, which from below?",
        ),
        Case(
            ([30, 22, 14, 12], [10]),
            1,
            words="four buyers and one seller",
            hint="One load is there. The sides need not be equally long.",
        ),
        Case(([10, 8], [12, 20]), 0, words="nobody who could gain", hint="Then nothing is sold."),
        Case(([20, 20], [20, 20]), 2, words="values and costs all equal", hint="At no loss counts: 20 meets 20."),
        Case((FIREWOOD.values.tolist(), FIREWOOD.costs.tolist()), 5, words="the firewood cards"),
    ),
    right="Your function has seen all the cards at once. The square gets there without anybody who has.",
)

# --- 06.5: a rule that calls ----------------------------------------------------------------------------------------

ENOUGH = 0.8
_DAYS = 25
_SQUARES = {
    "On an ordinary Saturday": FIREWOOD,
    "Where everything is 20 points dearer": FIREWOOD.moved(values=20, costs=20),
    "When the bridge is closed": FIREWOOD.moved(costs=9),
}


def _earns(words_: str, cards: Cards) -> Step:
    def test(answer: Any) -> str | None:
        meet, card = crossing(cards), cards.limit("Leila")
        wanted = ENOUGH * (card - (meet.low + meet.high) / 2)
        try:
            days = [trade(cards, "Leila", answer, seed=seed) for seed in range(_DAYS)]
        except Exception as error:
            return f"{words_} your rule stops: {in_words(error)}"
        gains = [day.gains()["Leila"] for day in days]
        if np.mean(gains) >= wanted:
            return None
        home = sum(all("Leila" not in (t.buyer, t.seller) for t in day.trades) for day in days)
        cold = f" On {home} of {_DAYS} days it goes home without a load." if home else ""
        return f"{words_} it gains {np.mean(gains):.1f} a day; {wanted:.1f} would do.{cold}"

    return Step(words_, test)


RULE = Ladder(
    answered(),
    of_type("function"),
    *(_earns(words_, cards) for words_, cards in _SQUARES.items()),
    right="It does well on three squares and knows one card. How much did it have to think?",
)

# --- 06.6: argue ----------------------------------------------------------------------------------------------------

ARGUE = argument(
    mentions(["price", "cost", "rent", "fare", "fee", "wage", "dear", "cheap", "pay"], "Which price is it?"),
    mentions(
        ["know", "find", "show", "tell", "scarce", "short", "cold", "demand", "want", "where"],
        "What does the price find out, or tell people, that nobody told it?",
    ),
    mentions(
        [
            "not see",
            "doesn't see",
            "does not see",
            "can't see",
            "overlook",
            "leaves out",
            "miss",
            "blind",
            "never sees",
        ],
        "And what does it not see? Name it in so many words.",
    ),
    holds="a price, what it sees and what it does not, and an objection",
    least=50,
)

#: Ladders by exercise; `check` finds them here.
LADDERS: dict[str, Ladder] = {
    "06.1": SELL,
    "06.2": BY_HAND,
    "06.3": UNPRICED,
    "06.4": LOADS,
    "06.5": RULE,
    "06.6": ARGUE,
}
