"""The market for firewood: what the cards allow, what the rule does, and what the people do."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.institutions.market.cards import FIREWOOD, Cards, crossing, held
from parecon_edu.institutions.market.pit import HOW, LISTEN, NEXT_DAY, TO_THE_END, Table, play, settled, trade

POINTS = st.integers(0, 60).map(float)
SIDE = st.lists(POINTS, min_size=1, max_size=6)
DECKS = st.builds(lambda values, costs: Cards(np.array(values), np.array(costs)), SIDE, SIDE)
FRACTIONS = st.integers(0, 120).map(lambda n: n / 2)
SHIFTS = st.sampled_from([-70.0, -9.0, 9.0, 70.0])
SEEDS = st.integers(0, 1000)
CAREFUL = tuple(how for how in HOW if how != "reckless")


def best_by_trying(cards):
    """The most that any matching of buyers with sellers brings, found by trying all of them."""
    values, costs = cards.values.tolist(), cards.costs.tolist()
    best = 0.0
    for n in range(1, min(len(values), len(costs)) + 1):
        for some in combinations(values, n):
            best = max(best, *(sum(some) - sum(others) for others in permutations(costs, n)))
    return best


ELSEWHERE = Cards(FIREWOOD.values, FIREWOOD.costs, buyers=FIREWOOD.buyers)  # the same buyers, other sellers


# --- the cards --------------------------------------------------------------------------------------------------------


@given(st.lists(POINTS, min_size=1, max_size=4), st.lists(POINTS, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_the_crossing_brings_the_most_that_any_matching_brings(values, costs):
    cards = Cards(np.array(values), np.array(costs))
    assert crossing(cards).gain == pytest.approx(best_by_trying(cards))


@given(DECKS)
def test_the_total_gain_is_the_area_between_the_curves_up_to_the_crossing(cards):
    meet = crossing(cards)
    demand, supply = np.sort(cards.values)[::-1], np.sort(cards.costs)
    assert meet.gain == pytest.approx(sum(d - s for d, s in zip(demand, supply, strict=False) if d > s))


@given(DECKS)
def test_at_the_crossing_price_as_many_want_as_offer_but_for_those_to_whom_it_is_all_one(cards):
    meet = crossing(cards)
    if meet.loads:
        assert meet.low <= meet.high
        price = (meet.low + meet.high) / 2
        eager_buyers = int((cards.values > price).sum())
        eager_sellers = int((cards.costs < price).sum())
        assert eager_buyers <= cards.offered(price)
        assert eager_sellers <= cards.wanted(price)


def test_the_firewood_cards_cross_as_worked_out_by_hand():
    # 40-8, 36-12, 33-16, 30-20, 26-24 and no further: 21 is less than 29.
    meet = crossing(FIREWOOD)
    assert (meet.loads, meet.low, meet.high) == (5, 24, 26)
    assert meet.gain == 32 + 24 + 17 + 10 + 2


@given(DECKS, POINTS)
def test_a_price_that_is_held_never_brings_more_than_the_crossing(cards, price):
    assert held(cards, price).gain <= crossing(cards).gain + 1e-9


def test_the_gain_at_a_held_price_is_the_average_over_all_queues():
    cards, price = Cards(np.array([30.0, 22, 20]), np.array([5.0, 40])), 18.0
    # Three want a load and one is there: each of the three is served in a third of all queues.
    assert held(cards, price).gain == pytest.approx(np.mean([30 - 5, 22 - 5, 20 - 5]))


@pytest.mark.parametrize("price", [24.0, 25.0, 26.0])
def test_a_price_held_inside_the_crossing_loses_nothing(price):
    assert held(FIREWOOD, price).gain == crossing(FIREWOOD).gain


# --- a day ------------------------------------------------------------------------------------------------------------


@given(DECKS, st.sampled_from(list(HOW)), SEEDS)
@settings(max_examples=80, deadline=None)
def test_no_day_brings_more_than_the_cards_allow(cards, how, seed):
    (day,) = play(cards, how=how, seed=seed)
    assert day.gain <= crossing(cards).gain + 1e-9
    assert day.efficiency <= 1 + 1e-12


@given(DECKS, st.sampled_from(CAREFUL), SEEDS)
@settings(max_examples=80, deadline=None)
def test_nobody_trades_at_a_loss_where_that_is_ruled_out(cards, how, seed):
    (day,) = play(cards, how=how, seed=seed)
    assert min(day.gains().values()) >= 0
    for sold in day.trades:
        assert cards.limit(sold.seller) <= sold.price <= cards.limit(sold.buyer)


@given(st.lists(FRACTIONS, min_size=1, max_size=4), st.lists(FRACTIONS, min_size=1, max_size=4), SHIFTS, SHIFTS, SEEDS)
@settings(max_examples=60, deadline=None)
def test_nobody_loses_with_a_half_on_their_card_or_on_a_day_when_cards_have_moved_far(values, costs, up, down, seed):
    """Prices are whole points, cards need not be; and a price held out for yesterday may be a loss today."""
    cards = Cards(np.array(values), np.array(costs))
    for how in CAREFUL:
        for day in play([cards, cards.moved(values=up, costs=down), cards], how=how, days=3, seed=seed):
            assert min(day.gains().values()) >= 0, how


@given(DECKS, st.sampled_from([how for how in HOW if how != "pairs"]), SEEDS)
@settings(max_examples=60, deadline=None)
def test_nothing_is_called_or_sold_that_you_could_not_call_too(cards, how, seed):
    """You may call 1 or more. A bid of 0 is only noise: no ask is that low, so nobody has a load for nothing."""
    (day,) = play(cards, how=how, seed=seed)
    assert all(call.price >= 1 for call in day.calls if how == "watchful" or not call.bid)
    assert all(price >= 1 and price == round(price) for price in day.prices)


@given(DECKS, st.sampled_from(list(HOW)), SEEDS)
@settings(max_examples=60, deadline=None)
def test_prices_only_share_the_gain_out(cards, how, seed):
    (day,) = play(cards, how=how, seed=seed)
    assert sum(day.gains().values()) == pytest.approx(day.gain)


@given(DECKS, st.sampled_from(list(HOW)), SEEDS)
@settings(max_examples=60, deadline=None)
def test_everybody_trades_at_most_once_a_day(cards, how, seed):
    (day,) = play(cards, how=how, seed=seed)
    seen = [name for trade in day.trades for name in (trade.buyer, trade.seller)]
    assert len(seen) == len(set(seen))


@given(DECKS, st.sampled_from([how for how in HOW if how != "pairs"]), SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_call_is_heard_only_if_it_betters_the_one_that_stands(cards, how, seed):
    (day,) = play(cards, how=how, seed=seed)
    sold = {trade.at: trade.price for trade in day.trades}
    standing = {True: None, False: None}
    for n, call in enumerate(day.calls, start=1):
        if n in sold:
            assert sold[n] == call.price == standing[not call.bid], "whoever meets a call has the load at that price"
            standing = {True: None, False: None}
            continue
        mine = standing[call.bid]
        assert mine is None or (call.price > mine if call.bid else call.price < mine)
        other = standing[not call.bid]
        assert other is None or (call.price < other if call.bid else call.price > other)
        standing[call.bid] = call.price


@given(SEEDS, st.sampled_from(list(HOW)))
@settings(max_examples=30, deadline=None)
def test_the_same_seed_gives_the_same_round(seed, how):
    one, two = (play(FIREWOOD, how=how, days=2, seed=seed) for _ in range(2))
    assert [day.trades for day in one] == [day.trades for day in two]
    assert [day.calls for day in one] == [day.calls for day in two]


@given(SEEDS, st.sampled_from(list(HOW)), st.permutations(range(8)), st.permutations(range(8)))
@settings(max_examples=40, deadline=None)
def test_relabelling_and_reordering_people_changes_nothing_but_the_labels(seed, how, order, other):
    mixed = Cards(
        FIREWOOD.values[list(order)],
        FIREWOOD.costs[list(other)],
        buyers=tuple(f"B{FIREWOOD.buyers[i]}" for i in order),
        sellers=tuple(f"S{FIREWOOD.sellers[i]}" for i in other),
    )
    old, new = play(FIREWOOD, how=how, days=2, seed=seed), play(mixed, how=how, days=2, seed=seed)
    for before, after in zip(old, new, strict=True):
        assert [(f"B{t.buyer}", f"S{t.seller}", t.price) for t in before.trades] == [
            (t.buyer, t.seller, t.price) for t in after.trades
        ]


def test_no_day_of_one_seed_is_a_day_of_another():
    """People who do not remember yesterday show it best: their second day is not the first day of the next seed."""
    for how in ("random", "reckless", "pairs"):
        second, next_first = play(FIREWOOD, how=how, days=2, seed=4)[1], play(FIREWOOD, how=how, seed=5)[0]
        assert (second.calls, second.trades) != (next_first.calls, next_first.trades)


def test_two_who_meet_split_what_there_is_to_gain_at_any_whole_price_and_agree_where_there_is_just_none():
    one = Cards(np.array([10.0]), np.array([5.0]))
    assert {day.prices[0] for seed in range(100) for day in play(one, how="pairs", seed=seed)} == {5, 6, 7, 8, 9, 10}
    even = Cards(np.array([20.0]), np.array([20.0]))
    assert play(even, how="pairs")[0].prices == [20]
    assert (crossing(even).loads, crossing(even).low, crossing(even).high) == (1, 20, 20)


def test_fools_who_trade_until_nobody_is_left_gain_what_all_values_exceed_all_costs_by():
    # All eight pairs trade sooner or later, whoever meets whom: 214 - 181 of 85.
    for seed in range(20):
        (day,) = play(FIREWOOD, how="reckless", seed=seed)
        assert len(day.trades) == 8
        assert day.efficiency == pytest.approx((FIREWOOD.values.sum() - FIREWOOD.costs.sum()) / 85)


def test_the_rule_does_much_and_watching_does_the_rest():
    means = {how: np.mean([play(FIREWOOD, how=how, seed=seed)[0].efficiency for seed in range(60)]) for how in HOW}
    assert means["watchful"] > 0.99
    assert 0.93 < means["random"] < means["watchful"]
    assert means["reckless"] < means["pairs"] < means["random"] - 0.1


def test_two_by_two_more_changes_hands_than_at_the_crossing():
    # Chamberlin's finding of 1948: more trades than where the curves cross, at prices far apart.
    days = [play(FIREWOOD, how="pairs", seed=seed)[0] for seed in range(60)]
    called = [play(FIREWOOD, how="watchful", seed=seed)[0] for seed in range(60)]
    assert np.mean([len(day.trades) for day in days]) > crossing(FIREWOOD).loads + 0.5
    spread = [np.std([price for day in some for price in day.prices]) for some in (days, called)]
    assert spread[0] > 2 * spread[1]


def test_people_who_watch_come_closer_from_day_to_day():
    runs = [play(FIREWOOD, days=4, seed=seed) for seed in range(40)]
    spread = [np.std([price for run in runs for price in run[day].prices]) for day in (0, 3)]
    assert spread[1] < 0.6 * spread[0]


def test_where_nobody_can_gain_nothing_is_sold_and_nothing_is_lost():
    cards = Cards(np.array([10.0, 5]), np.array([20.0, 30]))
    for how in CAREFUL:
        (day,) = play(cards, how=how, seed=3)
        assert day.trades == []
        assert day.efficiency == 1
        assert np.isnan(day.average)
    (day,) = play(cards, how="reckless", seed=3)
    assert day.gain < 0 == day.efficiency, "where there was nothing to gain, fools have lost"


# --- a surprise -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", HOW)
def test_nobody_sees_a_surprise_coming(how):
    still = play(FIREWOOD, how=how, days=5, seed=7)
    moved = play([FIREWOOD] * 3 + [FIREWOOD.moved(costs=9)], how=how, days=5, seed=7)
    assert [day.trades for day in still[:3]] == [day.trades for day in moved[:3]]
    # Fools don't look at their card, so theirs goes on as if nothing had happened.
    assert ([day.trades for day in still[3:]] == [day.trades for day in moved[3:]]) == (how == "reckless")


@pytest.mark.parametrize("shift", [{"costs": 9.0}, {"values": 10.0}, {"costs": -8.0}, {"values": -8.0}])
def test_after_a_surprise_the_average_price_comes_to_the_new_crossing(shift):
    after = FIREWOOD.moved(**shift)
    took = [settled(play([FIREWOOD] * 3 + [after], days=10, seed=seed), since=4) for seed in range(30)]
    assert None not in took
    assert 1 < np.mean(took) <= 4


def test_moving_every_value_and_every_cost_alike_moves_the_crossing_by_as_much():
    old, new = crossing(FIREWOOD), crossing(FIREWOOD.moved(values=7, costs=7))
    assert (new.low, new.high, new.gain, new.loads) == (old.low + 7, old.high + 7, old.gain, old.loads)


# --- with you ---------------------------------------------------------------------------------------------------------


def test_the_table_replays_to_the_same_place():
    table = Table(FIREWOOD, "Leila", seed=4)
    for move in (LISTEN, LISTEN, 24.0, TO_THE_END, NEXT_DAY, LISTEN):
        table = table.move(move)
    again = Table(FIREWOOD, "Leila", table.moves, seed=4)
    assert [day.trades for day in again.days] == [day.trades for day in table.days]
    assert again.bid == table.bid


def test_if_you_take_the_ask_you_buy_at_it():
    table = Table(FIREWOOD, "Leila", seed=4)
    while table.ask is None or table.ask.price > 36:
        table = table.move(LISTEN)
    ask = table.ask
    table = table.move(ask.price)
    assert (table.mine.seller, table.mine.price) == (ask.who, ask.price)
    assert table.day.gains()["Leila"] == 36 - ask.price


def test_whoever_calls_nothing_all_day_goes_home_as_they_came_unless_somebody_takes_their_call():
    for name in ("Leila", "Northgate"):
        table = Table(FIREWOOD, name, (TO_THE_END,), seed=2)
        assert table.mine is None
        assert table.day.gains()[name] == 0


def test_going_on_to_the_next_day_lets_the_others_finish_this_one():
    early, late = Table(FIREWOOD, "Leila", (LISTEN, NEXT_DAY), seed=2), Table(FIREWOOD, "Leila", (TO_THE_END,), seed=2)
    assert early.days[0].over
    assert early.days[0].trades == late.day.trades
    assert not early.day.over


def test_when_nobody_is_left_who_could_agree_the_day_is_over_at_once():
    cards = Cards(np.array([20.0]), np.array([10.0]), buyers=("Leila",), sellers=("Hilltop",))
    table = Table(cards, "Leila", seed=1)
    while table.ask is None or table.ask.price > 20:
        table = table.move(LISTEN)
    table = table.move(20)
    assert table.mine.seller == "Hilltop"
    assert table.day.over
    with pytest.raises(ValueError, match="closed for today"):
        table.move(LISTEN)


def test_others_take_a_generous_call():
    assert Table(FIREWOOD, "Leila", (36, TO_THE_END), seed=1).mine.price == 36
    assert Table(FIREWOOD, "Northgate", (16, TO_THE_END), seed=1).mine.price == 16


@pytest.mark.parametrize(
    ("you", "moves", "words"),
    [
        ("Leila", (37,), "at 37 you would lose 1. Bid 36 or less"),
        ("Northgate", (15,), "at 15 you would lose 1. Ask for 16 or more"),
        ("Leila", (20.5,), "Prices are whole points, and you called 20.5"),
        ("Leila", (20, 20), "You yourself already bid 20"),
        ("Leila", (0.5,), "Your price must be 1 or more"),
        ("Leila", (-7,), "Your price"),
        ("Leila", (float("nan"),), "finite"),
        ("Leila", (36, TO_THE_END, LISTEN), "closed for today"),
        ("Nobody", (), "Nobody here is called 'Nobody'"),
    ],
)
def test_a_move_that_cannot_be_made_is_refused_in_words(you, moves, words):
    with pytest.raises(ValueError, match=words):
        Table(FIREWOOD, you, moves, seed=1)


def test_with_a_load_in_the_bag_you_can_call_no_more_that_day():
    table = Table(FIREWOOD, "Leila", (36,), seed=1)
    while table.mine is None:
        table = table.move(LISTEN)
    with pytest.raises(ValueError, match="bought your load for today"):
        table.move(30)
    assert table.move(NEXT_DAY).move(30).day is not table.day


def test_a_rule_that_stays_silent_changes_nothing():
    for seed in range(5):
        day = trade(FIREWOOD, "Leila", lambda card, bid, ask: None, seed=seed)
        assert day.trades == Table(FIREWOOD, "Leila", (TO_THE_END,), seed=seed).day.trades


@given(SEEDS, st.sampled_from(["Leila", "Dita", "Eastside", "Harbour"]))
@settings(max_examples=25, deadline=None)
def test_whoever_calls_their_card_neither_gains_nor_loses_by_their_own_call(seed, name):
    day = trade(FIREWOOD, name, lambda card, bid, ask: card, seed=seed)
    assert day.gains()[name] >= 0
    assert sum(day.gains().values()) == pytest.approx(day.gain)


def test_outbidding_by_one_gains_about_what_the_crossing_leaves():
    gains = [
        trade(FIREWOOD, "Leila", lambda card, bid, ask: min((bid or 0) + 1, card), seed=seed).gains()["Leila"]
        for seed in range(30)
    ]
    assert 36 - 26 <= np.mean(gains) <= 36 - 22


def test_a_rule_that_would_lose_is_stopped_in_words():
    with pytest.raises(ValueError, match="at 50 you would lose 14"):
        trade(FIREWOOD, "Leila", lambda card, bid, ask: 50, seed=1)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Cards(np.array([1.0, -2]), np.array([1.0])), "Values can't be negative: number 2 has -2"),
        (lambda: Cards(np.array([1.0]), np.array([])), "Costs is empty"),
        (lambda: Cards(np.array([1.0]), np.array([np.nan])), "finite"),
        (lambda: Cards(np.array([1.0, 2]), np.array([1.0]), buyers=("Bo",)), "2 cards for buyers, but 1 names"),
        (
            lambda: Cards(np.array([1.0]), np.array([1.0]), buyers=("Bo",), sellers=("Bo",)),
            "Two people are called 'Bo'",
        ),
        (lambda: held(FIREWOOD, -1), "The price must be 0 or more"),
        (lambda: play(FIREWOOD, how="wise"), "no people who trade 'wise'"),
        (lambda: play(FIREWOOD, days=0), "Days must be 1 or more"),
        (lambda: play([FIREWOOD, Cards(np.array([1.0]), np.array([1.0]))]), "same people must be there every day"),
        (lambda: play([FIREWOOD, ELSEWHERE]), "same people must be there every day"),
        (lambda: Table(FIREWOOD, "Leila", how="pairs"), "no table to sit at"),
    ],
)
def test_what_makes_no_market_is_refused_in_words(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_what_is_no_deck_is_refused():
    with pytest.raises(TypeError, match="cards must be Cards"):
        play("firewood")
