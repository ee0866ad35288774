"""What was left to us: credit by the average over all orders, and who looks after what wears out."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parecon_edu import values
from parecon_edu.values import FIELD, HOLDERS, INHERITED, Harvest, attribute, average_over_orders, hold, missing

BARE = st.floats(0, 120)
WEAR = st.floats(0, 1)


def worth_of(harvest, bare, parts=1):
    """Give what a set of people and parts of the inheritance makes: the definition, without any formula."""
    gifts = {f"gift {i}" for i in range(parts)}
    per_day = (harvest.sacks / sum(harvest.days), bare / sum(harvest.days))

    def worth(together):
        days = sum(d for name, d in zip(harvest.names, harvest.days, strict=True) if name in together)
        return days * per_day[0 if gifts <= together else 1]

    return worth, [*harvest.names, *sorted(gifts)]


@pytest.mark.parametrize("parts", [1, 2, 3])
@pytest.mark.parametrize("bare", [0, 30, 85.5, 120])
def test_the_formula_is_the_average_over_all_orders(bare, parts):
    worth, players = worth_of(FIELD, bare, parts)
    brute = average_over_orders(players, worth)
    short = attribute(FIELD, bare=bare, parts=parts)
    for name in FIELD.names:
        assert brute[name] == pytest.approx(short[name])
    assert sum(brute[f"gift {i}"] for i in range(parts)) == pytest.approx(short[INHERITED])


@given(bare=BARE, parts=st.integers(1, 50))
def test_credit_adds_up_to_the_harvest(bare, parts):
    assert sum(attribute(FIELD, bare=bare, parts=parts).values()) == pytest.approx(FIELD.sacks)


@given(bare=BARE)
def test_one_gift_is_credited_with_half_of_what_it_adds(bare):
    assert attribute(FIELD, bare=bare)[INHERITED] == pytest.approx((120 - bare) / 2)


@given(bare=st.floats(0, 119), parts=st.integers(1, 30))
def test_cut_into_more_parts_it_is_credited_with_more_but_never_with_all_it_adds(bare, parts):
    fewer, more = (attribute(FIELD, bare=bare, parts=n)[INHERITED] for n in (parts, parts + 1))
    assert fewer < more < 120 - bare


@given(bare=BARE)
def test_what_would_be_missing_adds_up_to_the_harvest_and_what_the_inheritance_adds(bare):
    assert sum(missing(FIELD, bare=bare).values()) == pytest.approx(2 * 120 - bare)


def test_missing_is_what_the_definition_says():
    worth, players = worth_of(FIELD, 30)
    everybody = frozenset(players)
    gone = missing(FIELD, bare=30)
    for name in FIELD.names:
        assert gone[name] == pytest.approx(worth(everybody) - worth(everybody - {name}))
    assert gone[INHERITED] == pytest.approx(worth(everybody) - worth(everybody - {"gift 0"}))


@given(st.permutations(range(4)))
def test_relabelling_people_relabels_credit(places):
    other = Harvest(
        names=tuple(FIELD.names[i] for i in places),
        days=tuple(FIELD.days[i] for i in places),
        mouths=FIELD.mouths,
        put_in=FIELD.put_in,
        sacks=FIELD.sacks,
    )
    assert attribute(other, bare=30) == pytest.approx(attribute(FIELD, bare=30))


def test_average_over_orders_of_a_game_that_is_no_sum():
    # Two left gloves and one right: the right one is worth 2/3, each left one 1/6 (a textbook game).
    pairs = average_over_orders(["l1", "l2", "r"], lambda s: float("r" in s and len(s) > 1))
    assert pairs == pytest.approx({"l1": 1 / 6, "l2": 1 / 6, "r": 2 / 3})
    orders = list(permutations(["l1", "l2", "r"]))
    assert sum(order.index("r") > 0 for order in orders) / len(orders) == pytest.approx(2 / 3)


@given(holder=st.sampled_from(HOLDERS), bare=BARE, wear=WEAR, parts=st.integers(1, 9), divisible=st.booleans())
def test_no_sack_is_lost_and_none_is_made_up(holder, bare, wear, parts, divisible):
    held = hold(FIELD, holder, bare=bare, wear=wear, parts=parts, divisible=divisible)
    np.testing.assert_allclose(held.gets.sum(axis=1) + held.put_back, held.harvests)
    assert (held.gets >= -1e-9).all()


@given(holder=st.sampled_from(HOLDERS), bare=BARE, wear=WEAR)
def test_what_is_not_cleared_shrinks_by_its_wear_and_what_is_cleared_stays(holder, bare, wear):
    held = hold(FIELD, holder, bare=bare, wear=wear, years=5)
    added = held.harvests - bare
    keeps = 1.0 if held.cared_for else 1 - wear
    np.testing.assert_allclose(added[1:], keeps * added[:-1], atol=1e-9)
    assert held.harvests[0] == pytest.approx(120)


@given(bare=BARE)
def test_where_nothing_wears_out_the_harvest_is_the_same_whoever_holds_it(bare):
    for holder in HOLDERS:
        held = hold(FIELD, holder, bare=bare, wear=0)
        assert not held.cared_for
        assert not held.put_back.any()
        np.testing.assert_allclose(held.harvests, 120)


@given(bare=BARE, wear=WEAR, ahead=st.integers(1, 10), upkeep=st.floats(0.5, 40))
def test_an_owner_of_all_clears_whenever_it_pays_all_of_them_together(bare, wear, ahead, upkeep):
    held = hold(FIELD, "owner", bare=bare, wear=wear, ahead=ahead, upkeep=upkeep)
    added = 120 - bare
    if upkeep + 1e-6 < min(wear * added * ahead, added):
        assert held.cared_for
    if wear * added * ahead + 1e-6 < upkeep:
        assert not held.cared_for


def test_who_clears_at_which_wear():
    # 90 sacks are added; 6 clear the ditches. One harvest ahead, the owner clears from 6/90 on, Amara, who works half
    # of all days, from 12/90 on, keepers from (6 + 2)/90 on, one of four owners of what can't be cut from 24/90 on.
    for holder, edge, more in (
        ("owner", 6 / 90, {}),
        ("plots", 6 / 90, {}),
        ("keepers", 8 / 90, {}),
        ("nobody", 12 / 90, {}),
        ("plots", 24 / 90, {"divisible": False}),
    ):
        assert not hold(FIELD, holder, bare=30, wear=edge - 1e-3, **more).cared_for
        assert hold(FIELD, holder, bare=30, wear=edge + 1e-3, **more).cared_for


def test_who_looks_twice_as_far_ahead_clears_at_half_the_wear():
    assert not hold(FIELD, "nobody", bare=30, wear=6 / 90 - 1e-3, ahead=2).cared_for
    held = hold(FIELD, "nobody", bare=30, wear=6 / 90 + 1e-3, ahead=2)
    assert held.cared_for
    np.testing.assert_allclose(held.gets[0], [60 - 6, 40, 20, 0])  # Amara pays alone, and all gain


def test_nobody_pays_more_than_what_it_brings_them():
    held = hold(FIELD, "keepers", bare=110, wear=1, ahead=10, upkeep=6)
    assert held.saved > held.paid
    assert not held.cared_for  # the pot holds 5, and 8 are needed


def test_first_harvests_by_hand():
    first = {holder: hold(FIELD, holder, bare=30).gets[0] for holder in HOLDERS}
    np.testing.assert_allclose(first["nobody"], [60, 40, 20, 0])
    np.testing.assert_allclose(first["owner"], [15, 10, 5, 90 - 6])
    np.testing.assert_allclose(first["plots"], [15 + 21, 10 + 21, 5 + 21, 21])  # (90 - 6) / 4
    pot = (45 - 6 - 2) / 4
    np.testing.assert_allclose(first["keepers"], [37.5 + pot, 25 + pot, 12.5 + pot, pot])


def test_the_owner_can_be_anybody():
    assert hold(FIELD, "owner", bare=30, owner="Bo").gets[0].tolist() == [15, 10 + 84, 5, 0]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: attribute(FIELD, bare=130), ValueError, "between 0 and 120: you gave 130"),
        (lambda: attribute(FIELD, bare=30, parts=0), ValueError, "must be 1 or more: you gave 0"),
        (lambda: attribute(FIELD, bare="30"), TypeError, "must be a single number"),
        (lambda: hold(FIELD, "the king", bare=30), ValueError, "can't be held by 'the king'"),
        (lambda: hold(FIELD, "owner", bare=30, owner="Ines"), ValueError, "Ines is not among Amara"),
        (lambda: hold(FIELD, "owner", bare=30, wear=-0.1), ValueError, "Wear must lie between 0 and 1"),
        (lambda: hold(FIELD, "owner", bare=30, ahead=0), ValueError, "looked ahead must be 1 or more"),
        (lambda: average_over_orders([], lambda s: 0), ValueError, "one to 8 different names"),
        (lambda: average_over_orders(["a", "a"], lambda s: 0), ValueError, "different names"),
        (
            lambda: missing(Harvest(("A",), (0,), (1,), (0,), 5), bare=1),
            ValueError,
            "Nobody worked a day",
        ),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(call, error, words):
    with pytest.raises(error, match=words):
        call()


# --- the panel --------------------------------------------------------------------------------------------------------


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("more", [{}, {"wear": 0}, {"bare": 90, "ahead": 3, "parts": 4, "divisible": False}])
def test_picture_table_sentence_and_code_say_the_same(holder, more):
    panel = values.panel("inheritance")
    panel.set(holder=holder, **more)
    bars, credit, line = panel.exhibit.figure.data
    credited, gets, last = run(panel.code)
    np.testing.assert_allclose(bars.y[:4], gets)
    np.testing.assert_allclose(credit.y, list(credited.values()))
    assert line.y[-1] == pytest.approx(last)
    cells = panel.exhibit.table.rows
    np.testing.assert_allclose([row[1] for row in cells[:5]], credit.y)
    np.testing.assert_allclose([row[2] for row in cells[:5]], bars.y)
    assert cells[5][2:4] == pytest.approx((120, last))
    for name, sacks in zip(FIELD.names, gets, strict=True):
        assert f"{name} {values.room_figures._sacks(sacks)}" in panel.exhibit.sentence
    cleared = panel.exhibit.sentence.count("ditches are cleared")
    assert cleared == (cells[4][2] > 0)


def test_the_axes_stand_still_and_a_code_restores_the_panel():
    panel = values.panel("inheritance")
    ranges = [
        (panel.exhibit.figure.layout[axis].range, panel.exhibit.figure.layout.height) for axis in ("yaxis", "xaxis2")
    ]
    panel.set(holder="owner", bare=0, wear=20, parts=9)
    assert ranges == [
        (panel.exhibit.figure.layout[axis].range, panel.exhibit.figure.layout.height) for axis in ("yaxis", "xaxis2")
    ]
    other = values.panel("inheritance")
    other.restore(panel.scenario_code)
    assert other.exhibit.sentence == panel.exhibit.sentence


# --- at the edge ------------------------------------------------------------------------------------------------------


def test_who_saves_exactly_what_it_costs_clears():
    held = hold(FIELD, "owner", bare=60, wear=0.1)  # a tenth of 60 sacks, and 6 to pay
    assert held.saved == pytest.approx(held.paid)
    assert held.cared_for


def test_a_pot_that_holds_exactly_what_is_needed_is_enough_and_a_little_less_is_not():
    assert hold(FIELD, "keepers", bare=104, wear=1).cared_for  # half of 16 is 8: 6 for the ditches, 2 for watching
    assert not hold(FIELD, "keepers", bare=104.1, wear=1).cared_for


@pytest.mark.parametrize("parts", [1, 3])
def test_the_keepers_pot_is_what_the_inheritance_is_credited_with(parts):
    held = hold(FIELD, "keepers", bare=30, wear=0, parts=parts)
    pot = attribute(FIELD, bare=30, parts=parts)[INHERITED]
    np.testing.assert_allclose(held.gets[0, 3], pot / 4)  # Dita worked no day: a quarter of the pot is all she gets


def test_one_of_four_owners_clears_what_can_not_be_cut_up_for_all_and_pays_it_alone():
    held = hold(FIELD, "plots", bare=30, wear=0.3, divisible=False)
    np.testing.assert_allclose(held.gets[0], [15 + 22.5 - 6, 10 + 22.5, 5 + 22.5, 22.5])


def test_years_are_counted_from_the_first_harvest():
    held = hold(FIELD, "nobody", bare=30, wear=0.1, years=3)
    np.testing.assert_allclose(held.condition, [1, 0.9, 0.81])
    np.testing.assert_allclose(held.harvests, [120, 111, 102.9])
    assert held.gets.shape == (3, 4)
    assert hold(FIELD, "nobody", bare=30).harvests.shape == (20,)


def test_the_settings_of_the_lesson_are_the_defaults():
    plain = hold(FIELD, "keepers", bare=30)
    said = hold(
        FIELD, "keepers", bare=30, wear=0.1, upkeep=6, watching=2, ahead=1, parts=1, divisible=True, owner="Dita"
    )
    np.testing.assert_array_equal(plain.gets, said.gets)
    assert (plain.saved, plain.paid) == (said.saved, said.paid)
