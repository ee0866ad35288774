"""Bad input: every public function refuses it before computing, and says which field, which value and what to do."""

import time
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from parecon_edu.remuneration import (
    BAKERY,
    NORMS,
    People,
    cap_ratings,
    correlation,
    d9_d1,
    follows_sacrifice,
    gains,
    gini,
    highest_to_lowest,
    lorenz,
    misplaced,
    pay,
    per_sacrifice,
    rate,
    rated_pay,
    respond,
    returned,
    sacrifice,
    team,
    top_share,
    yard_sale,
)

COLUMNS = ("hours", "intensity", "onerousness", "output", "capital", "power", "need")
VECTORS = {
    "gini": gini,
    "lorenz": lorenz,
    "top_share": top_share,
    "d9_d1": d9_d1,
    "highest_to_lowest": highest_to_lowest,
    "correlation": lambda x: correlation(x, [1, 2, 3, 4]),
    "correlation, second": lambda x: correlation([1, 2, 3, 4], x),
    "cap_ratings": cap_ratings,
    "rated_pay": lambda x: rated_pay(BAKERY, x, pool=1),
    "misplaced": lambda x: misplaced(BAKERY, x, pool=1),
    "follows_sacrifice": partial(follows_sacrifice, BAKERY),
    "per_sacrifice": partial(per_sacrifice, BAKERY),
    "yard_sale": lambda x: yard_sale(x, fraction=0.1, rounds=1, seed=1),
    **{column: (lambda x, column=column: replace(BAKERY, **{column: x})) for column in (*COLUMNS, "able")},
}
BAD = {
    "NaN": ([1, float("nan"), 1, 1], ValueError, "not a number"),
    "infinite": ([1, float("inf"), 1, 1], ValueError, "infinity"),
    "negative": ([1, -3, 1, 1], ValueError, "-3"),
    "empty": ([], ValueError, "empty"),
    "a table": ([[1, 2], [3, 4]], ValueError, "2 by 2"),
    "one number": (5, ValueError, "single number"),
    "ragged": ([[1, 2], [3]], ValueError, "unequal length"),
    "text": (["1", "2", "3", "4"], TypeError, "'1'"),
    "nothing": (None, TypeError, "None"),
    "a gap": ([1, None, 1, 1], TypeError, "None"),
    "complex": ([1j, 1, 1, 1], TypeError, "1j"),
}


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("function", VECTORS)
def test_a_bad_row_of_numbers_is_refused_with_its_value_and_a_mend(function, bad):
    values, error, said = BAD[bad]
    with pytest.raises(error) as caught:
        VECTORS[function](values)
    message = str(caught.value)
    assert said in message
    assert message.endswith(".")
    # Field and value come first, then what to do: at least two sentences.
    assert ". " in message


@pytest.mark.parametrize("column", [*COLUMNS, "able"])
def test_unequal_lengths_are_refused_by_name(column):
    columns = {name: [1, 1, 1] for name in (*COLUMNS, "able")}
    columns[column] = [1, 1]
    with pytest.raises(ValueError, match="one value for each person") as caught:
        People(**columns)
    assert ("hours has 2" if column == "hours" else f"{column} has 2") in str(caught.value)


@pytest.mark.parametrize(
    "function", ["correlation", "rated_pay", "misplaced", "follows_sacrifice", "per_sacrifice", *COLUMNS]
)
def test_a_row_that_does_not_fit_the_people_is_refused(function):
    with pytest.raises(ValueError, match=r"3 (numbers )?and the second 4|for each person"):
        VECTORS[function]([1, 1, 1])


def test_messages_name_the_person():
    with pytest.raises(ValueError, match=r"^Hours can't be negative: Chen has -3\. Put 0 if Chen did not work\.$"):
        replace(BAKERY, hours=[40, 30, -3, 0])
    with pytest.raises(ValueError, match="Bo has not a number"):
        replace(BAKERY, need=[1, float("nan"), 1, 1])
    with pytest.raises(ValueError, match="person 2 has -1"):
        People([1, -1], *([[1, 1]] * 6), [True, True])
    with pytest.raises(ValueError, match="Able must be True or False: Dita has 2"):
        replace(BAKERY, able=[1, 1, 0, 2])


def test_true_and_false_are_not_hours():
    with pytest.raises(TypeError, match="Hours must be numbers"):
        replace(BAKERY, hours=[True, True, False, False])


@pytest.mark.parametrize(
    ("names", "error", "said"),
    [
        (("Bo", "Bo", "Chen", "Dita"), ValueError, "'Bo' comes up 2 times"),
        (("Bo", "Chen"), ValueError, "4 people and 2 names"),
        (("Bo", "Chen", "Dita", 4), TypeError, "you gave 4"),
        ("Bo", TypeError, "'Bo'"),
        (7, TypeError, "you gave 7"),
    ],
)
def test_names_are_distinct_texts_one_for_each_person(names, error, said):
    with pytest.raises(error, match=said):
        replace(BAKERY, names=names)


def test_ten_thousand_people_are_not_compared_name_by_name():
    many = np.ones(10_000)
    began = time.process_time()
    People(*[many] * 8)
    assert time.process_time() - began < 1  # counted once each it takes .03 s, each against all others 3 s


@pytest.mark.parametrize(
    ("norm", "column"),
    [
        ("property", "capital"),
        ("bargaining", "power"),
        ("bargaining", "output"),
        ("output", "output"),
        ("need", "need"),
        ("effort", "hours"),
        ("effort", "intensity"),
        ("effort", "onerousness"),
    ],
)
def test_a_column_that_a_norm_divides_by_must_not_be_all_zero(norm, column):
    with pytest.raises(ValueError, match=f"^{column.capitalize()} can't be 0 .*rewards {norm}.*above 0"):
        pay(replace(BAKERY, **{column: [0] * 4}), norm, pool=1200)


def test_all_zero_among_those_who_can_work_is_enough_to_be_refused():
    with pytest.raises(ValueError, match="Hours can't be 0 for everybody who can work"):
        pay(replace(BAKERY, hours=[0, 0, 0, 9]), "effort", pool=1200)


def test_columns_that_are_only_zero_together_are_refused_too():
    with pytest.raises(ValueError, match="Power times output is 0 for everybody"):
        pay(replace(BAKERY, power=[0, 0, 1, 1], output=[1, 1, 0, 0]), "bargaining", pool=1200)
    with pytest.raises(ValueError, match="Hours times intensity times onerousness is 0"):
        pay(replace(BAKERY, hours=[0, 0, 1, 1], intensity=[1, 1, 0, 0]), "effort", pool=1200)


@pytest.mark.parametrize("call", [partial(pay, pool=1), partial(gains, against="equal", pool=1), returned])
@pytest.mark.parametrize(("norm", "error"), [("merit", ValueError), ("Effort", ValueError), (3, TypeError)])
def test_an_unknown_norm_is_refused_with_the_list_of_norms(call, norm, error):
    with pytest.raises(error) as caught:
        call(BAKERY, norm)
    assert repr(norm) in str(caught.value)
    assert "effort" in str(caught.value)


@pytest.mark.parametrize("pool", [float("nan"), float("inf"), -1, "1200", None, [1200], True, 1j])
@pytest.mark.parametrize(
    "call",
    [
        partial(pay, BAKERY, "equal"),
        partial(gains, BAKERY, "equal", against="need"),
        partial(rated_pay, BAKERY, [1, 1, 1, 1]),
        partial(misplaced, BAKERY, [1, 1, 1, 1]),
        partial(respond, BAKERY, "equal", response=0.2),
    ],
)
def test_a_pool_that_is_not_a_finite_number_of_zero_or_more_is_refused(call, pool):
    with pytest.raises((TypeError, ValueError), match="The pool must be"):
        call(pool=pool)


@pytest.mark.parametrize(
    "call",
    [
        sacrifice,
        partial(pay, norm="equal", pool=1),
        partial(returned, norm="equal"),
        partial(respond, norm="equal", pool=1, response=0.2),
        rate,
        partial(rated_pay, ratings=[1], pool=1),
        partial(misplaced, incomes=[1], pool=1),
        partial(follows_sacrifice, incomes=[1]),
        partial(per_sacrifice, incomes=[1]),
    ],
)
def test_what_is_not_people_is_refused(call):
    with pytest.raises(TypeError, match=r"People must be made with People\(\.\.\.\)"):
        call([1, 2, 3])


SETTINGS = [
    (partial(top_share, [1, 2]), "top", [-0.1, 1.1, float("nan"), "x"]),
    (partial(cap_ratings, [1, 2]), "cap", [0, -1, float("nan"), float("inf"), None]),
    (partial(rated_pay, BAKERY, [1] * 4, pool=1), "cap", [0, -1, float("nan"), "x"]),
    (partial(rated_pay, BAKERY, [1] * 4, pool=1), "workplaces", [[], ["mill"], [["a"] * 4]]),
    (partial(rate, BAKERY), "noise", [-1, 4, float("nan"), "x"]),
    (partial(rate, BAKERY, ring=("Amara", "Bo")), "favouritism", [-0.1, 1.1, float("nan"), None]),
    (partial(rate, BAKERY), "favouritism", [0.4]),
    (partial(rate, BAKERY), "ring", ["Bo", ("Bo",), ("Bo", "Bo"), ("Bo", "Zoe"), ("Bo", "Dita"), 3]),
    (partial(rate, BAKERY), "raters", ["boss", 3]),
    (partial(rate, BAKERY), "weeks", [0, -1, 1.5, True]),
    (partial(rate, BAKERY), "seed", [-1, 1.5, None]),
    (partial(rate, BAKERY), "outside_noise", [-1, 11, float("nan")]),
    (partial(yard_sale, [1, 2], rounds=1, seed=1), "fraction", [-0.1, 1.1, float("nan"), "x"]),
    (partial(yard_sale, [1, 2], fraction=0.1, seed=1), "rounds", [-1, 1.5, "x"]),
    (partial(yard_sale, [1, 2], fraction=0.1, rounds=1, seed=1), "redistribution", [-0.1, 2.1, float("nan")]),
    (partial(yard_sale, [1, 2], fraction=0.1, rounds=1), "seed", [-1, 1.5, None]),
    (partial(team, by_effort=0), "n", [0, -1, 1.5]),
    (partial(team, 3), "by_effort", [-0.1, 1.1, float("nan")]),
    (partial(team, 3, by_effort=1), "sympathy", [-0.1, 1.1]),
    (partial(team, 3, by_effort=1), "elasticity", [0, -1, 1.1]),
    (partial(team, 3, by_effort=1), "scale", [0, -1, float("inf")]),
    (partial(team, 3, by_effort=1), "cost", [0, -1, float("nan")]),
    (partial(team, 3, by_effort=1), "curvature", [1, 0, float("inf")]),
    (partial(respond, BAKERY, "equal", pool=1), "response", [-0.1, 2.1, float("nan")]),
    (partial(respond, BAKERY, "equal", pool=1, response=0.2), "anyway", [-0.1, 1.1]),
]


@pytest.mark.parametrize(
    ("call", "setting", "value"), [(call, setting, value) for call, setting, several in SETTINGS for value in several]
)
def test_a_setting_out_of_its_range_is_refused_in_words(call, setting, value):
    with pytest.raises((TypeError, ValueError)) as caught:
        call(**{setting: value})
    message = str(caught.value)
    # Ours, not numpy's: a capital, a full stop, and what to do.
    assert message[0].isupper()
    assert message.endswith(".")
    assert ". " in message


def test_a_pair_needs_two_people():
    with pytest.raises(ValueError, match="two people or more"):
        yard_sale([5], fraction=0.1, rounds=1, seed=1)


def test_nobody_can_rate_where_nobody_or_one_person_works():
    alone = replace(BAKERY, able=[True, False, False, False])
    with pytest.raises(ValueError, match="Amara has no workmate who could rate"):
        rate(alone)
    assert rate(alone, raters="outside").scores.tolist() == [1, 0, 0, 0]
    with pytest.raises(ValueError, match="no work to rate"):
        rate(replace(BAKERY, able=[False] * 4))


def test_ratings_of_zero_for_all_are_refused():
    with pytest.raises(ValueError, match="Rate at least one person above 0"):
        rated_pay(BAKERY, [0, 0, 0, 5], pool=1200)


def test_nothing_prints(capfd):
    for norm in NORMS:
        pay(BAKERY, norm, pool=1200)
    rate(BAKERY, noise=0.2, ring=("Amara", "Bo"), favouritism=0.3, raters="rotating", weeks=3)
    respond(BAKERY, "effort", pool=1200, response=0.3)
    yard_sale(np.ones(5), fraction=0.2, rounds=10, seed=3)
    assert capfd.readouterr() == ("", "")
