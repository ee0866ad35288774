"""A market played by hand: people with one card each call out bids and asks until nobody agrees any more.

The rules are Vernon Smith's (1962). Everybody hears every call. A bid has to be higher than the bid that stands, an
ask lower than the ask that stands. Whoever meets the other side's price has the load at that price, and both leave.
Prices are whole points. `play` is the market without you, `Table` is the market with you in it.

How the others behave is a choice (`HOW`), because the lesson asks how much is the rule and how much the people.
Dhananjay Gode and Shyam Sunder ("Allocative Efficiency of Markets with Zero-Intelligence Traders", Journal of Political
Economy 101, 1993) put programs at the table that call out random prices. Those who watch here also listen and learn, as
the programs of Dave Cliff and Janet Bruten do ("Zero is Not Enough", 1997), by a simpler rule. "pairs" is Edward
Chamberlin's room of 1948: people meet two by two, and nobody hears the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from types import MappingProxyType

import numpy as np

from parecon_edu.institutions.market.cards import Cards, crossing
from parecon_edu.validation.people import amount, count

__all__ = [
    "CALL",
    "HOW",
    "LISTEN",
    "NEXT_DAY",
    "TO_THE_END",
    "Call",
    "Day",
    "Table",
    "Trade",
    "play",
    "settled",
    "trade",
]

#: What calls for you: your card, the bid and the ask that stand; a price, or None to stay silent.
Rule = Callable[[float, float | None, float | None], float | None]

#: How the people at the market behave.
HOW = MappingProxyType(
    {
        "watchful": "they hold out for more, listen, and give way slowly",
        "random": "they call out any price at random, but never one at which they would lose",
        "reckless": "they call out any price at random, even one at which they lose",
        "pairs": "no calling out: two by two they meet and split at random what there is to gain",
    }
)

LISTEN, TO_THE_END, NEXT_DAY = 0.0, -1.0, -2.0  # moves that are no price
CALL = 1.0  # the lowest price somebody at the table can call

_CALLS = 14  # a day ends after so many chances to speak for each person
_GIVES_WAY = 0.12  # of the way to the card, each time a watchful person finds no taker
_LEARNS = 0.4  # of the way to a price at which others have just agreed
_MODEST = (0.15, 0.6)  # a watchful person's first demand lies this far from the card
_MOST_MOVES = 2000
_STRIDE = 1_000_003  # so that no day of one seed is a day of another


@dataclass(frozen=True)
class Trade:
    """One load: who bought it from whom, at what price, and after how many calls of that day."""

    buyer: str
    seller: str
    price: float
    at: int


@dataclass(frozen=True)
class Call:
    """A bid or an ask that everybody heard."""

    who: str
    bid: bool
    price: float


@dataclass
class Day:
    """One day at the market.

    Parameters
    ----------
    cards
        That day's cards.
    calls, trades
        What was heard, in order, and what was agreed on.
    over
        Whether the market has closed.
    """

    cards: Cards
    calls: list[Call] = field(default_factory=list)
    trades: list[Trade] = field(default_factory=list)
    over: bool = False

    @property
    def prices(self) -> list[float]:
        """The prices agreed on, in order."""
        return [trade.price for trade in self.trades]

    @property
    def average(self) -> float:
        """The average price; NaN if nothing was sold."""
        return float(np.mean(self.prices)) if self.trades else math.nan

    @property
    def gain(self) -> float:
        """What values exceeded costs by, added up over the loads sold. Who has which part of it, prices decide."""
        return sum(self.cards.limit(trade.buyer) - self.cards.limit(trade.seller) for trade in self.trades)

    @property
    def efficiency(self) -> float:
        """The gain as a share of the most that the cards allow; 1 where there is nothing to gain and nobody lost."""
        most = crossing(self.cards).gain
        return self.gain / most if most > 0 else float(self.gain >= 0)

    def gains(self) -> dict[str, float]:
        """Return what each person gained, by name: value less price, or price less cost."""
        gained = dict.fromkeys((*self.cards.buyers, *self.cards.sellers), 0.0)
        for trade in self.trades:
            gained[trade.buyer] += self.cards.limit(trade.buyer) - trade.price
            gained[trade.seller] += trade.price - self.cards.limit(trade.seller)
        return gained


class _Floor:
    """The floor of the market: who is still there, what stands, who speaks next. It lives while a round is played."""

    def __init__(self, cards: Sequence[Cards], how: str, seed: int, you: str | None) -> None:
        self.sheets, self.how, self.seed, self.you = cards, how, seed, you
        # The highest price that comes to anybody's mind. It is that of the first day: nobody sees a surprise coming.
        self.top = float(math.ceil(1.25 * max(cards[0].values.max(), cards[0].costs.max()))) or 1.0
        self.days: list[Day] = []
        self.wants: dict[str, float] = {}
        self.open_day()

    def open_day(self) -> None:
        """Begin the next day: everybody is back, with what they have learned."""
        number = len(self.days)
        self.cards = self.sheets[min(number, len(self.sheets) - 1)]
        self.day = Day(self.cards)
        self.days.append(self.day)
        self.rng = Random(self.seed * _STRIDE + number)
        # In order of the cards, so that it is the card that has the luck, whatever its holder is called.
        values, costs = self.cards.values, self.cards.costs
        self.buyers = [self.cards.buyers[i] for i in np.argsort(-values, kind="stable")]
        self.sellers = [self.cards.sellers[i] for i in np.argsort(costs, kind="stable")]
        self.is_buyer = set(self.buyers)
        self.limits: dict[str, float] = dict(zip(self.cards.buyers, values.tolist(), strict=True))
        self.limits |= zip(self.cards.sellers, costs.tolist(), strict=True)
        self.turns = _CALLS * len(self.limits)
        self.here = [name for name in (*self.buyers, *self.sellers) if name != self.you]
        self.bid: Call | None = None
        self.ask: Call | None = None
        for name in (*self.buyers, *self.sellers):
            shy = _MODEST[0] + (_MODEST[1] - _MODEST[0]) * self.rng.random()
            limit = self.limits[name]
            first = limit * (1 - shy) if name in self.is_buyer else limit + shy * max(self.top - limit, 0)
            # A card that has moved moves what its holder holds out for.
            self.wants[name] = self.within(name, self.wants.get(name, first))

    def within(self, name: str, price: float) -> float:
        """Return the price, or somebody's card where the price would mean a loss."""
        limit = self.limits[name]
        return min(price, limit) if name in self.is_buyer else max(price, limit)

    def whole(self, name: str, price: float) -> float:
        """Return whole points, rounded to the side that costs the caller nothing."""
        rounded = math.floor(price + 1e-9) if name in self.is_buyer else math.ceil(price - 1e-9)
        return float(max(rounded, CALL if name not in self.is_buyer else 0))

    # --- the others ---------------------------------------------------------------------------------------------------

    def somebody(self) -> bool:
        """Let one of the others have the word; whether anything was heard."""
        self.turns -= 1
        if self.how == "pairs":
            return self.meet()
        here = self.here
        if not here:
            self.turns = 0
            return False
        name = here[int(self.rng.random() * len(here))]
        return self.watch(name) if self.how == "watchful" else self.blurt(name)

    def blurt(self, name: str) -> bool:
        """Call out a random price; `reckless` people do not even look at their card."""
        low, high = (0.0, self.top) if self.how == "reckless" else self.reach(name)
        price = self.whole(name, low + (high - low) * self.rng.random())
        return self.heard(name, price)

    def reach(self, name: str) -> tuple[float, float]:
        """Return the prices at which somebody would not lose."""
        limit = self.limits[name]
        return (0.0, limit) if name in self.is_buyer else (limit, max(self.top, limit))

    def watch(self, name: str) -> bool:
        """Take what is good enough; else call what one holds out for; else give way a little."""
        buys, want = name in self.is_buyer, self.wants[name]
        across, mine = (self.ask, self.bid) if buys else (self.bid, self.ask)
        if across and (across.price <= want if buys else across.price >= want):
            return self.heard(name, across.price)
        price = self.whole(name, want)
        said = not mine or (price > mine.price if buys else price < mine.price)
        if said and price >= (CALL if buys else 0):
            self.heard(name, price)
            return True
        self.wants[name] = want + _GIVES_WAY * (self.limits[name] - want)
        return False

    def meet(self) -> bool:
        """Let two people meet behind closed doors: they agree if both can gain, at any price in between."""
        if not self.buyers or not self.sellers:
            self.turns = 0
            return False
        buyer = self.buyers[int(self.rng.random() * len(self.buyers))]
        seller = self.sellers[int(self.rng.random() * len(self.sellers))]
        low, high = math.ceil(self.limits[seller]), math.floor(self.limits[buyer])
        if low > high:
            return False
        self.agree(buyer, seller, float(low + int(self.rng.random() * (high - low + 1))))
        return True

    # --- the rule -----------------------------------------------------------------------------------------------------

    def heard(self, name: str, price: float) -> bool:
        """Take a call in: it stands, or meets the other side, or is no better than what stands and is not heard."""
        buys = name in self.is_buyer
        across, mine = (self.ask, self.bid) if buys else (self.bid, self.ask)
        if across and (price >= across.price if buys else price <= across.price):
            buyer, seller = (name, across.who) if buys else (across.who, name)
            self.day.calls.append(Call(name, buys, across.price))
            self.agree(buyer, seller, across.price)
            return True
        if mine and (price <= mine.price if buys else price >= mine.price):
            return False
        call = Call(name, buys, price)
        self.day.calls.append(call)
        if buys:
            self.bid = call
        else:
            self.ask = call
        return True

    def agree(self, buyer: str, seller: str, price: float) -> None:
        """Note a trade: both leave, the calls that stood are wiped out, and everybody has heard the price."""
        self.day.trades.append(Trade(buyer, seller, price, len(self.day.calls)))
        self.buyers.remove(buyer)
        self.sellers.remove(seller)
        self.here = [name for name in self.here if name not in (buyer, seller)]
        self.bid = self.ask = None
        for name in self.limits:
            self.wants[name] += _LEARNS * (self.within(name, price) - self.wants[name])

    # --- time ---------------------------------------------------------------------------------------------------------

    def closing(self) -> bool:
        """Whether the day is over: no time left, one side gone home, or nobody left who could agree."""
        # Both sides stand in the order of their cards: if the first two could not agree, no two could.
        left = self.turns > 0 and self.buyers and self.sellers
        if left and (self.how == "reckless" or self.limits[self.buyers[0]] >= self.limits[self.sellers[0]]):
            return False
        self.day.over = True
        return True

    def listen(self) -> None:
        """Let the others speak until something is heard, or the day is over."""
        while not self.closing() and not self.somebody():
            pass

    def to_the_end(self) -> None:
        """Let the others finish the day."""
        while not self.closing():
            self.somebody()


def play(cards: Cards | Sequence[Cards], *, how: str = "watchful", days: int = 1, seed: int = 0) -> tuple[Day, ...]:
    """Play a market without you.

    Parameters
    ----------
    cards : Cards or sequence of Cards
        The cards; or one set a day, and the last one for all days after.
    how : str
        How people behave, one of `HOW`. Only "watchful" people remember yesterday.
    days : int
        How many days, one or more.
    seed : int
        Of who speaks when, and of what is called at random. The same seed gives the same round.

    Returns
    -------
    tuple of Day

    Raises
    ------
    TypeError, ValueError
        If there are no cards, or no such behaviour, or days or seed are not whole numbers.

    Examples
    --------
    >>> from parecon_edu.institutions.market.cards import FIREWOOD
    >>> day, = play(FIREWOOD, seed=1)
    >>> len(day.trades), day.efficiency <= 1
    (5, True)
    """
    floor = _floor(cards, how, seed)
    for number in range(count(days, "Days", low=1)):
        if number:
            floor.open_day()
        floor.to_the_end()
    return tuple(floor.days)


def settled(days: Sequence[Day], *, since: int = 1, within: float = 1.0) -> int | None:
    """Return how many days it took until the average price had come to where the cards meet; None if it has not.

    Parameters
    ----------
    days : sequence of Day
        The days, from `play`.
    since : int
        The first day that counts, from 1; it is day 1 of the answer.
    within : float
        How close is close enough: points from the crossing's low or high.

    Examples
    --------
    >>> from parecon_edu.institutions.market.cards import FIREWOOD
    >>> after = [*[FIREWOOD] * 3, FIREWOOD.moved(costs=9)]
    >>> settled(play(after, days=10, seed=1), since=4)
    2
    """
    first = count(since, "The first day", low=1)
    for number, day in enumerate(days[first - 1 :], start=1):
        meet = crossing(day.cards)
        if day.trades and meet.low - within <= day.average <= meet.high + within:
            return number
    return None


def _floor(cards: Cards | Sequence[Cards], how: str, seed: int, you: str | None = None) -> _Floor:
    sheets = [cards] if isinstance(cards, Cards) else list(cards)
    if not sheets or not all(isinstance(sheet, Cards) for sheet in sheets):
        raise TypeError("cards must be Cards, or a list with one set of Cards a day. Try FIREWOOD.")
    if how not in HOW:
        raise ValueError(f"There are no people who trade {how!r}. Choose one of {', '.join(HOW)}.")
    if any(
        set(sheet.buyers) != set(sheets[0].buyers) or set(sheet.sellers) != set(sheets[0].sellers) for sheet in sheets
    ):
        raise ValueError("The same people must be there every day. Keep the names, and change the numbers.")
    return _Floor(sheets, how, count(seed, "The seed"), you)


@dataclass(frozen=True)
class Table:
    """The market with you in it: everything follows from who you are and what you did so far.

    Parameters
    ----------
    cards
        The cards.
    you
        Whose card you hold.
    moves
        What you did: a price above 0 is called out; `LISTEN` lets the others speak until something is heard;
        `TO_THE_END` lets the day run out; `NEXT_DAY` begins the next.
    how, seed
        As for `play`; "pairs" has no table.

    Raises
    ------
    TypeError, ValueError
        If nobody has your name, or a move is not allowed; the message says why.

    Examples
    --------
    Leila's card says 36. She listens twice, then bids 25.

    >>> from parecon_edu.institutions.market.cards import FIREWOOD
    >>> table = Table(FIREWOOD, "Leila", seed=1).move(LISTEN).move(LISTEN).move(25)
    >>> table.bid.who, table.bid.price
    ('Leila', 25.0)
    >>> table.move(40)
    Traceback (most recent call last):
        ...
    ValueError: Your card says 36: at 40 you would lose 4. Bid 36 or less.
    """

    cards: Cards
    you: str
    moves: tuple[float, ...] = ()
    how: str = "watchful"
    seed: int = 0

    def __post_init__(self) -> None:
        self.cards.limit(self.you)
        if self.how == "pairs":
            raise ValueError("In pairs nobody calls out, so there is no table to sit at. Choose another behaviour.")
        if len(self.moves) > _MOST_MOVES:
            raise ValueError(f"You have made {_MOST_MOVES} moves, and it is dark. Deal the cards anew.")
        object.__setattr__(self, "moves", tuple(float(move) for move in self.moves))
        _ = self._now  # a move that is not allowed is refused at once

    @cached_property
    def _now(self) -> _Floor:
        floor = _floor(self.cards, self.how, self.seed, self.you)
        for move in self.moves:
            _make(floor, self.you, move)
        floor.closing()
        return floor

    def move(self, move: float) -> Table:
        """Return the table after one more move."""
        return Table(self.cards, self.you, (*self.moves, move), self.how, self.seed)

    @property
    def days(self) -> tuple[Day, ...]:
        """All days so far."""
        return tuple(self._now.days)

    @property
    def day(self) -> Day:
        """Today."""
        return self._now.day

    @property
    def bid(self) -> Call | None:
        """The bid that stands."""
        return self._now.bid

    @property
    def ask(self) -> Call | None:
        """The ask that stands."""
        return self._now.ask

    @property
    def buys(self) -> bool:
        """Whether you are a buyer."""
        return self.you in self.cards.buyers

    @property
    def mine(self) -> Trade | None:
        """Your own trade of today, if you have made one."""
        return next((trade for trade in self.day.trades if self.you in (trade.buyer, trade.seller)), None)


def _make(floor: _Floor, you: str, move: float) -> None:
    """Make one move on the floor, or say why it can't be made."""
    over = floor.closing()
    if move == NEXT_DAY:
        floor.to_the_end()
        floor.open_day()
        return
    if over:
        raise ValueError("The market has closed for today. Begin the next day, or deal the cards anew.")
    if move == LISTEN:
        floor.listen()
    elif move == TO_THE_END:
        floor.to_the_end()
    else:
        _call(floor, you, move)


def _fair(floor: _Floor, you: str, price: float) -> float:
    """Return the price if you may call it: whole points, 1 or more, and no loss to you."""
    buys, limit = you in floor.is_buyer, floor.limits[you]
    price = amount(price, "Your price", low=CALL, mend="Put 1 or more, in whole points.")
    if price != round(price):
        raise ValueError(f"Prices are whole points, and you called {price:g}. Try {round(price)}.")
    if price > limit if buys else price < limit:
        word, way = ("Bid", "less") if buys else ("Ask for", "more")
        raise ValueError(
            f"Your card says {limit:g}: at {price:g} you would lose {abs(price - limit):g}. {word} {limit:g} or {way}."
        )
    return price


def _call(floor: _Floor, you: str, price: float) -> None:
    buys = you in floor.is_buyer
    if you not in (floor.buyers if buys else floor.sellers):
        raise ValueError(f"You have {'bought' if buys else 'sold'} your load for today. Listen, or end the day.")
    price = _fair(floor, you, price)
    mine = floor.bid if buys else floor.ask
    if not floor.heard(you, price) and mine:
        who = "You yourself" if mine.who == you else mine.who
        verb, way = ("bid", "higher") if buys else ("asked for", "lower")
        raise ValueError(f"{who} already {verb} {mine.price:g}. A new one has to be {way}.")


def trade(cards: Cards, you: str, rule: Rule, *, how: str = "watchful", seed: int = 0) -> Day:
    """Play a day in which a rule of yours calls for you.

    Parameters
    ----------
    cards : Cards
        The cards.
    you : str
        Whose card the rule holds.
    rule : callable
        ``rule(card, bid, ask)`` is asked each time something has been heard, with your card and the bid and the ask
        that stand (None where none stands), and gives a price to call, or None to stay silent. A price that betters
        nothing is not heard. Once you have traded it is asked no more.
    how, seed
        As for `play`; "pairs" has nothing to call.

    Returns
    -------
    Day

    Raises
    ------
    TypeError, ValueError
        As `Table`, and if the rule calls a price at which you would lose.

    Examples
    --------
    >>> from parecon_edu.institutions.market.cards import FIREWOOD
    >>> day = trade(FIREWOOD, "Leila", lambda card, bid, ask: 25, seed=1)
    >>> day.gains()["Leila"]
    11.0
    """
    Table(cards, you, how=how, seed=seed)  # whatever is wrong with the table is wrong here too
    floor = _floor(cards, how, seed, you)
    mine = floor.buyers if you in floor.is_buyer else floor.sellers
    while not floor.closing():
        if you in mine:
            price = rule(floor.limits[you], *(call.price if call else None for call in (floor.bid, floor.ask)))
            if price is not None:
                price = _fair(floor, you, price)
                floor.heard(you, price)
        floor.listen()
    return floor.day
