"""The board by hand: prices in, answers out, nothing forgotten, and every reason follows from the numbers."""

import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parecon_edu import economy, planning
from parecon_edu.economy import consumer_proposals, worker_proposals
from parecon_edu.planning import Board, hint, open_board, replies
from parecon_edu.planning.board import MOST_ROUNDS, gap_percent, side
from parecon_edu.planning.hints import LEVELS, makers, users
from parecon_edu.planning.replies import changed_words, reasons

TOWNS = {name: economy.scenario(name) for name in ("riverside_corner", "riverside", "two_goods")}
CORNER = TOWNS["riverside_corner"]

END = planning.plan(CORNER.economy, rule="accounts", threshold=1e-6).prices

prices = st.tuples(st.floats(1, 9), st.floats(0.3, 3), st.floats(1, 9))


def ladder(board):
    """Play as a newcomer does who follows the bars: a fifth, a tenth, a twentieth as the gap shrinks."""
    gap = board.now.excess
    size = np.abs(gap)
    step = np.select([size > 0.4, size > 0.2, size > 0.1, size > 0.05], [0.2, 0.1, 0.05, 0.02], 0)
    return board.now.prices * (1 + step * np.sign(gap))


def half_the_gap(board):
    return board.now.prices * (1 + np.clip(board.now.excess / 2, -0.3, 0.3))


def only_the_worst(board):
    g = int(np.argmax(board.now.imbalance))
    new = board.now.prices.copy()
    new[g] *= 1 + np.sign(board.now.excess[g]) * min(0.3, board.now.imbalance[g] / 2)
    return new


def play(habit, *, most=30):
    board = open_board(CORNER)
    while board.reached is None and board.rounds < most:
        board = board.ask(habit(board))
    return board


# --- the game -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("habit", [ladder, half_the_gap, only_the_worst])
def test_a_newcomer_who_follows_the_bars_gets_the_corner_under_five_percent_in_ten_rounds(habit):
    assert play(habit).reached <= 10


def test_the_same_step_whatever_the_gap_trembles_round_the_goal():
    def always_a_tenth(board):
        return board.now.prices * (1 + 0.1 * np.sign(board.now.excess) * (board.now.imbalance > 0.05))

    assert play(always_a_tenth, most=15).reached is None


@given(prices)
@settings(deadline=None, max_examples=30)
def test_undo_is_the_inverse_of_ask_and_is_counted(new):
    before = open_board(CORNER)
    after = before.ask(new) if new != before.announced[-1] else before.ask([2, 2, 2])
    back = after.undo()
    assert back.announced == before.announced
    np.testing.assert_array_equal(back.now.demand, before.now.demand)
    assert (before.asked, after.asked, back.asked) == (1, 2, 2)


@given(prices)
@settings(deadline=None, max_examples=30)
def test_the_board_shows_what_the_economy_answers(new):
    board = open_board(CORNER).ask(new)
    supply, demand = CORNER.economy.respond(board.announced[-1])
    np.testing.assert_array_equal(board.now.supply, supply)
    np.testing.assert_array_equal(board.now.demand, demand)


def test_a_board_is_not_changed_by_what_is_asked_of_it():
    board = open_board(CORNER)
    board.ask([4, 1, 4])
    assert board.rounds == 1
    with pytest.raises(AttributeError):
        board.announced = ()


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ([3, 1.3, 5], "You have not changed a price"),
        ([3, 1.3], "one price a good"),
        ([3, 0, 5], "energy"),
        ([3, -1, 5], "energy"),
        ([3, float("nan"), 5], "prices"),
        (["x", 1, 1], "prices"),
    ],
)
def test_prices_that_make_no_sense_are_refused_in_words(new, words):
    with pytest.raises((ValueError, TypeError), match=words):
        open_board(CORNER).ask(new)


def test_there_is_nothing_to_undo_at_the_start_and_an_end_to_patience():
    board = open_board(CORNER)
    with pytest.raises(ValueError, match="nothing to take back"):
        board.undo()
    tired = Board(CORNER.economy, tuple((3.0 + n / 100, 1.3, 5.0) for n in range(MOST_ROUNDS)))
    with pytest.raises(ValueError, match="want to go home"):
        tired.ask([4, 1, 4])
    with pytest.raises(ValueError, match="announced is empty"):
        Board(CORNER.economy, ())


def test_the_sentence_names_what_is_short_and_over_the_worst_first():
    board = open_board(CORNER)
    order = np.argsort(-board.now.imbalance)
    names = [CORNER.economy.goods[g] for g in order]
    places = [board.sentence.index(name) for name in names]
    assert places == sorted(places)
    for g, name in enumerate(CORNER.economy.goods):
        word = "short" if board.now.demand[g] > board.now.supply[g] else "over"
        assert board.sentence.split(name)[1].split(" % ")[1].startswith(word)


@given(st.floats(1e-3, 0.3))
@example(1.99)
@settings(deadline=None, max_examples=40)
def test_a_gap_is_said_with_its_side_and_never_as_more_than_ten_percent_when_it_is_less(size):
    assert (side(size), side(-size)) == (f"{gap_percent(size)} short", f"{gap_percent(size)} over")
    said = gap_percent(size).removesuffix(" %")
    assert ("." in said) == (float(said) < 10)
    assert float(said) == pytest.approx(100 * size, abs=0.5001 if float(said) >= 10 else 0.0501)


def test_the_sentence_of_a_won_game_counts_the_rounds_that_were_taken_back():
    board = play(half_the_gap)
    assert f"Round {board.rounds}: the proposals meet" in board.sentence
    again = board.undo().ask(board.announced[-1])
    assert f"asked {board.rounds + 1} times, 1 of them taken back" in again.sentence


def test_the_game_is_won_below_the_goal_and_not_at_it():
    worst = open_board(CORNER).now.worst
    assert open_board(CORNER, goal=worst).reached is None
    assert open_board(CORNER, goal=np.nextafter(worst, 9)).reached == 1


def test_where_many_goods_are_out_the_four_worst_are_named_and_the_others_counted():
    board = open_board(TOWNS["riverside"])
    out = [g for g in np.argsort(-board.now.imbalance) if board.now.imbalance[g] >= board.goal]
    named = [board.economy.goods[g] for g in out[:4]]
    said, _, rest = board.sentence.partition(f" and {len(out) - 4} more are out of balance.")
    assert rest
    places = [said.index(name) for name in named]
    assert places == sorted(places)
    assert not any(board.economy.goods[g] in said for g in out[4:])


def test_a_board_as_it_stood_in_a_round_has_so_many_rounds():
    board = play(half_the_gap)
    for n in range(1, board.rounds + 1):
        assert board.until(n).announced == board.announced[:n]


@pytest.mark.parametrize(
    ("name", "goal"), [("riverside_corner", 0.05), ("two_goods", 0.05), ("riverside_corner", 0.005)]
)
def test_rules_are_measured_from_the_same_start_to_the_same_goal(name, goal):
    board = open_board(TOWNS[name], goal=goal)
    found = planning.rule_rounds(board)
    assert set(found) == set(planning.RULES)
    for rule, rounds in found.items():
        year = planning.plan(board.economy, rule=rule, start=board.announced[0], threshold=board.goal)
        assert year.first_below(board.goal) == rounds


def test_rules_begin_where_the_board_began():
    """From prices at which all proposals meet, every rule needs one round, wherever the town's own start is."""
    assert set(planning.rule_rounds(open_board(CORNER, start=END)).values()) == {1}


def test_relabelling_goods_relabels_the_board():
    e = CORNER.economy
    order = np.array([2, 0, 1])
    place = np.argsort(order)
    turned = economy.from_arrays(
        kinds=e.kinds[order],
        supply=e.supply[order],
        product=place[e.product],
        scale=e.scale,
        effort_exponent=e.effort_exponent,
        effort_disutility=e.effort_disutility,
        effort_weight=e.effort_weight,
        inputs=np.where(e.inputs >= 0, place[e.inputs], -1),
        exponents=e.exponents,
        tastes=e.tastes[:, order],
        income=e.income,
        start=e.start[order],
        goods=tuple(e.goods[g] for g in order),
        workplaces=e.workplaces,
        neighbourhoods=e.neighbourhoods,
    )
    one, two = open_board(e), open_board(turned)
    np.testing.assert_allclose(one.now.excess[order], two.now.excess)
    assert one.sentence == two.sentence


# --- what the councils say ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(TOWNS))
def test_the_answers_add_up_to_what_the_board_sees(name):
    board = open_board(TOWNS[name])
    supply = dict(zip(board.economy.goods, board.economy.supply, strict=True))
    demand = dict.fromkeys(board.economy.goods, 0.0)
    for reply in replies(board):
        for good, amount in reply.offers.items():
            supply[good] += amount
        for good, amount in reply.asks.items():
            demand[good] += amount
    np.testing.assert_allclose(list(supply.values()), board.now.supply)
    np.testing.assert_allclose(list(demand.values()), board.now.demand)


def test_every_council_answers_in_its_own_name():
    board = open_board(CORNER).ask([4, 1, 4])
    said = replies(board)
    assert [reply.council for reply in said] == [*CORNER.economy.workplaces, *CORNER.economy.neighbourhoods]
    assert all(reply.words.startswith(reply.council) for reply in said)


@pytest.mark.parametrize("name", list(TOWNS))
@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_the_reasons_add_up_to_the_change_exactly(name, data):
    e = TOWNS[name].economy
    factor = st.lists(st.floats(0.5, 2), min_size=e.start.size, max_size=e.start.size)
    before = e.start * np.array(data.draw(factor))
    after = e.start * np.array(data.draw(factor))
    by_input, by_effort = reasons(e, before, after)
    change = np.log(worker_proposals(e, after).output / worker_proposals(e, before).output)
    np.testing.assert_allclose(by_input.sum(axis=1) + by_effort, change, atol=1e-9)


def words_of(new, council):
    board = open_board(CORNER).ask(new)
    return next(reply.words for reply in replies(board) if reply.council == council)


@pytest.mark.parametrize(
    ("new", "council", "has", "lacks"),
    [
        # energy alone becomes dearer: bakeries offer less because of it, hours are not mentioned as a reason
        ([3, 1.6, 5], "Eastside bakery", ["less bread", "energy became dearer against bread"], ["hours became"]),
        # bread alone becomes dearer: what it needs did not
        ([3.6, 1.3, 5], "Haddad ovens", ["more bread", "bread rose in price and energy and hours did not"], []),
        # energy falls further than hours: to the plant hours are dearer, although their price fell
        ([3, 0.8, 4.5], "Old Weir power plant", ["less energy", "energy fell in price further than hours"], []),
        # energy cheaper, hours a little dearer (.31 ln 1.04 is a sixth of what is left): one reason is enough
        ([3, 0.8, 5.2], "Haddad ovens", ["more bread", "energy became cheaper against bread"], ["hours became"]),
        # hours a good deal dearer (.31 ln 1.12 is three quarters of it): the one outweighs the other, and both are said
        ([3, 0.8, 5.6], "Haddad ovens", ["cheaper against bread; that weighs more than that hours became dearer"], []),
        ([3, 1.3, 4], "Harbour", ["asks for the same as before"], ["less", "more bread"]),
        ([3.75, 1.3, 5], "Hilltop", ["a fifth less bread", "bread became dearer"], ["energy"]),
        ([3, 1.04, 5], "Hilltop", ["a quarter more energy", "energy became cheaper"], ["bread"]),
        ([3.3, 1.43, 5.5], "Eastside bakery", ["bread is worth more points", "more effort"], ["dearer", "cheaper"]),
        ([3, 1.3, 5.001], "Southbank gasworks", ["answers as before"], ["%"]),
    ],
)
def test_the_reason_is_what_became_dear_or_cheap_against_what_the_council_sells(new, council, has, lacks):
    said = words_of(new, council)
    for piece in has:
        assert piece in said
    for piece in lacks:
        assert piece not in said


@given(prices)
@settings(deadline=None, max_examples=30)
def test_more_or_less_in_words_is_more_or_less_in_numbers(new):
    board = open_board(CORNER).ask(new) if new != (3.0, 1.3, 5.0) else open_board(CORNER).ask([2, 2, 2])
    before = consumer_proposals(CORNER.economy, board.announced[-2])
    after = consumer_proposals(CORNER.economy, board.announced[-1])
    for h, reply in enumerate(replies(board)[CORNER.economy.product.size :]):
        for g in (0, 1):
            good, ratio = CORNER.economy.goods[g], after[h, g] / before[h, g]
            if abs(ratio - 1) >= 0.005:
                assert changed_words(good, float(ratio)) in reply.words


# --- hints ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", range(1, LEVELS + 1))
@given(new=prices)
@example(new=(2.875, 1.0, 3.0))  # "4 % cheaper", where the price of bread that settles the round is 4
@settings(deadline=None, max_examples=30)
def test_a_hint_never_says_which_price_to_announce(level, new):
    board = open_board(CORNER).ask(new) if new != (3.0, 1.3, 5.0) else open_board(CORNER)
    said = hint(board, level)
    prices_only = re.sub(r"round \d+|\d+ %", "", said)
    told = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", prices_only)}
    known = {round(p, 2) for row in board.announced for p in row}
    g = int(np.argmax(board.now.imbalance))
    assert not {round(float(END[g]), 2)} & (told - known)
    assert not any(word in said for word in ("Announce", "announce", "set it to", "Put "))


def test_the_first_hint_names_everybody_on_both_sides_of_the_good_that_is_furthest_out():
    board = open_board(CORNER)
    said = hint(board)
    assert said.startswith("Bread is furthest out: too little")
    assert all(name in said for name in (*users(board, 0), *makers(board, 0)))
    assert users(board, 0) == ["Hilltop", "Eastside", "Harbour"]
    assert makers(board, 2) == []


def test_the_second_hint_names_what_hangs_together():
    said = hint(open_board(CORNER), 2)
    assert "Energy and hours go into bread" in said
    assert "energy is over and hours are over" in said


def test_the_third_hint_tells_what_your_own_move_did():
    board = open_board(CORNER)
    assert "have not moved the price of bread yet" in hint(board, 3)
    board = board.ask([3.3, 1.3, 5])
    assert "In round 2 you made bread 10 % dearer" in hint(board, 3)
    both = open_board(CORNER).ask([8, 1, 3])
    assert "You have been on both sides: short at 3.00, over at 8.00" in hint(both, 3)


def test_the_third_hint_looks_between_the_last_price_that_was_short_and_the_last_that_was_over():
    board = open_board(CORNER).ask([8, 1, 3]).ask([6, 1, 3])
    assert "short at 3.00, over at 6.00" in hint(board, 3)
    assert "between 3.00 and 6.00" in hint(board, 3)


def test_there_is_no_hint_left_when_the_proposals_meet():
    assert "nothing left to hint at" in hint(play(half_the_gap))
    with pytest.raises(ValueError, match="hints 1 to 3"):
        hint(open_board(CORNER), 4)


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (1, "as much bread as before"),
        (0.9, "a tenth less bread"),
        (1.13, "13 % more bread"),
        (3, "3 times as much bread"),
    ],
)
def test_changes_are_said_as_a_person_would(ratio, words):
    assert changed_words("bread", ratio) == words
