"""A check names one mistake at a time, never reveals, and no answer makes it crash."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parecon_edu.lesson import check, learner
from parecon_edu.lesson.checks import (
    NOT_ANSWERED,
    Case,
    Ladder,
    Law,
    Verdict,
    answered,
    cases,
    close,
    finite,
    mentions,
    mistaken_for,
    of_shape,
    of_type,
    satisfies,
    words,
)

NUMBERS = Ladder(
    answered(),
    of_type("numbers"),
    of_shape(4, each="person"),
    finite(),
    mistaken_for([300, 300, 300, 300], "That is equal pay.", name="equal pay"),
    close(lambda: [340.0, 306.0, 254.0, 300.0], hint="Start from the sacrifices."),
    right="So Chen gets 254.",
)
SQUARE = Ladder(
    answered(),
    of_type("function"),
    cases(Case((2,), 4, words="2"), Case((3,), 9, words="3", hint="Square it, don't double it.")),
)
TEXT = Ladder(answered(placeholder="Write here."), words(5), mentions(["Chen", "cap"], "What of Chen?"))


def doubled(x):
    return 2 * x


def broken(x):
    share = x / 0
    return share


def silent(x):
    x * x


def half_done(x):
    share = ...
    return share


def untouched(x):
    """Square it."""
    ...


@pytest.mark.parametrize(
    ("answer", "step"),
    [
        (..., NOT_ANSWERED),
        (None, NOT_ANSWERED),
        ("", NOT_ANSWERED),
        ([], NOT_ANSWERED),
        ([..., ..., ..., ...], NOT_ANSWERED),
        ("340", "wrong type"),
        (340, "wrong type"),
        (True, "wrong type"),
        ([340, ..., 254, 300], "wrong type"),
        ({1, 2}, "wrong type"),
        (doubled, "wrong type"),
        ([340, 306, 254], "wrong shape"),
        ([[340, 306], [254, 300]], "wrong shape"),
        ([[340], [306, 254]], "wrong shape"),
        ([340, 306, 254, float("nan")], "not a number"),
        ([300, 300, 300, 300], "equal pay"),
        ([340, 306, 300, 254], "not the value"),
        ([340, 306, 254, 300], "right"),
        ((340, 306, 254, 300), "right"),
        (np.array([340, 306, 254, 300]), "right"),
        ({"Amara": 340, "Bo": 306, "Chen": 254, "Dita": 300}, "right"),
    ],
)
def test_each_mistake_stops_on_its_own_step(answer, step):
    verdict = NUMBERS.climb(answer)
    assert verdict.step == step
    assert verdict.right == (step == "right")
    assert verdict.hint, "every step has something to say"


def test_every_hint_differs_so_that_it_names_one_mistake():
    answers = ["", "340", [340, 306, 254], [1, 2, 3, float("inf")], [300] * 4, [1, 2, 3, 4]]
    assert len({NUMBERS.climb(answer).hint for answer in answers}) == len(answers)


@pytest.mark.parametrize("answer", ["340", 340, [340, 306, 254], [1, 2, 3, float("inf")], [300] * 4, [1, 2, 3, 4]])
def test_no_hint_holds_the_answer(answer):
    assert not any(number in NUMBERS.climb(answer).hint for number in ("254", "306"))


@pytest.mark.parametrize(
    ("answer", "step", "said"),
    [
        (untouched, NOT_ANSWERED, "Not answered yet"),
        (half_done, NOT_ANSWERED, "Not answered yet"),
        (4, "wrong type", "a function"),
        (doubled, "a case fails", "With 3, your function gives 6, and that can't be right. Square it"),
        (broken, "a case fails", "stops in line 2"),
        (silent, "a case fails", "`return`"),
        (lambda: 4, "a case fails", "stops"),
        (lambda x: x * x, "right", ""),
    ],
)
def test_a_function_is_tried_case_by_case(answer, step, said):
    verdict = SQUARE.climb(answer)
    if answer is broken:
        # The line is counted in the learner's cell; here it is this file.
        said = "`share = x / 0`: it divides by zero"
    assert verdict.step == step
    assert said in repr(verdict)


def test_a_function_that_changes_what_it_gets_spoils_no_later_case():
    def greedy(numbers):
        numbers.append(9)
        return sum(numbers)

    given_once = [1, 2]
    ladder = Ladder(cases(Case((given_once,), 12), Case((given_once,), 12)))
    assert ladder.climb(greedy).right
    assert given_once == [1, 2]


def test_a_law_stands_where_there_is_no_single_right_result():
    ladder = Ladder(cases(Case((10,), Law(lambda parts: sum(parts) == 10), hint="Nothing may be left over.")))
    assert ladder.climb(lambda pool: [pool / 2, pool / 2]).right
    assert "left over" in ladder.climb(lambda pool: [pool]).hint or ladder.climb(lambda pool: [pool]).right
    assert not ladder.climb(lambda pool: [pool / 2]).right
    assert not ladder.climb(lambda pool: "all of it").right, "a result of another kind is no crash"


def test_a_stop_inside_a_learners_function_is_no_stop_of_ours():
    def leave(x):
        raise SystemExit

    assert not SQUARE.climb(leave).right


def test_text_is_asked_for_length_and_for_what_it_has_to_speak_of():
    assert TEXT.climb("Write here.").step == NOT_ANSWERED
    assert "You have 2 words" in TEXT.climb("Because not").hint
    assert TEXT.climb("one two three four five").step == "something is missing"
    assert TEXT.climb("The friends rate chen’s work lower").right
    assert not TEXT.climb(5).right


def test_one_number_in_a_list_and_a_number_in_quotes_are_told_apart():
    ladder = Ladder(of_type("number"), close(3))
    assert "quotes" in ladder.climb("3").hint
    assert "Which one" in ladder.climb([1, 2]).hint
    assert "brackets" in ladder.climb(doubled).hint
    assert ladder.climb(np.float64(3)).right
    assert ladder.climb(np.array(3)).right
    assert not ladder.climb(True).right


def test_yes_or_no_is_not_one_or_nought():
    ladder = Ladder(of_type("yes or no"), close(True))
    assert ladder.climb(True).right
    assert ladder.climb(np.bool_(True)).right
    assert ladder.climb(1).step == "wrong type"
    assert ladder.climb(False).step == "not the value"


@given(st.floats(1e-3, 1e6), st.floats(0, 0.01))
def test_closeness_is_relative_to_the_right_value(value, off):
    step = close(value, rtol=1e-3)
    near = step.test(value * (1 + off)) is None
    if off < 0.99e-3:
        assert near
    if off > 1.01e-3:
        assert not near


class Hostile:
    """Raises whatever one asks of it."""

    def __float__(self):
        raise RuntimeError("float")

    def __bool__(self):
        raise RuntimeError("bool")

    def __eq__(self, other):
        raise RuntimeError("compare")

    __hash__ = None

    def __len__(self):
        raise RuntimeError("len")

    def __array__(self, *_, **__):
        raise RuntimeError("array")


ODD = [
    Hostile(),
    object(),
    Fraction(1, 3),
    3j,
    b"x",
    range(4),
    {1: {2: ...}},
    np.array(["a"]),
    np.array([None]),
    int,
    [[]],
]
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.sampled_from(ODD)),
    lambda inner: st.one_of(st.lists(inner), st.tuples(inner, inner), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)


@given(ANYTHING)
def test_no_answer_makes_a_check_crash(answer):
    for ladder in (NUMBERS, SQUARE, TEXT):
        verdict = ladder.climb(answer)
        assert isinstance(verdict, Verdict)
        assert repr(verdict)
        assert verdict._repr_html_()


def test_a_test_of_ones_own_that_crashes_is_a_hint_not_a_crash():
    assert not Ladder(satisfies(lambda pay: pay.sum() > 3, "More.")).climb([1, 2]).right


def test_a_verdict_reads_as_a_sentence_and_escapes_what_was_typed():
    assert repr(NUMBERS.climb([340, 306, 254, 300])) == "Right. So Chen gets 254."
    assert repr(NUMBERS.climb([300] * 4)) == "Not yet: That is equal pay."
    page = NUMBERS.climb("<script>")._repr_html_()
    assert "<script>" not in page
    assert 'role="status"' in page


# --- check(…) itself ------------------------------------------------------------------------------------------------


def test_once_right_stays_right_whatever_is_tried_later(lessons, my_course):
    assert check("04.2", [340, 306, 254, 300], ladder=NUMBERS).right
    check("04.2", [1, 2, 3, 4], ladder=NUMBERS)
    store = learner.store()
    assert store.read("right", "04.2") is not None
    assert store.read("check", "04.2") == {"step": "not the value", "answer": [1.0, 2.0, 3.0, 4.0]}


def test_an_untouched_exercise_leaves_no_trace(lessons, my_course):
    assert repr(check("04.2", ladder=NUMBERS)).startswith("Not answered yet")
    assert not my_course.exists()


def test_every_answer_can_be_kept_or_left_out_without_a_crash(lessons, my_course):
    endless: list[object] = []
    endless.append(endless)
    odd = (10**400, [10**400], endless, "half a letter \ud83d")
    for answer in (float("nan"), [1, float("inf")], Hostile(), doubled, "x" * 100_000, np.eye(3), 3j, *odd):
        check("04.2", answer, ladder=NUMBERS)
        assert learner.store().read("check", "04.2") is not None


def test_a_check_says_when_its_answer_could_not_be_kept(lessons, my_course, a_person):
    """In an exercise nothing else is there to say it."""
    my_course.write_text("a file where the folder should be", encoding="utf-8")
    verdict = check("04.2", [340, 306, 254, 300], ladder=NUMBERS)
    assert verdict.right
    for shown in (repr(verdict), verdict._repr_html_()):
        assert "Your answer could not be written to my_course" in shown


@pytest.mark.parametrize(
    ("name", "said"), [("04.99", "no check called '04.99'"), ("99.1", "no lesson '99'"), ("4", "such as")]
)
def test_an_unknown_check_is_refused_with_those_there_are(name, said):
    with pytest.raises(ValueError, match=said):
        check(name, 3)


def test_a_ladder_without_steps_and_an_unknown_kind_are_refused():
    with pytest.raises(ValueError, match="at least one step"):
        Ladder()
    with pytest.raises(ValueError, match="no kind of answer called 'numbr'"):
        of_type("numbr")
    with pytest.raises(ValueError, match="at least one Case"):
        cases()
