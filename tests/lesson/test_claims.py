"""A claim shows where it holds and fails loudly where it does not."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parecon_edu.lesson import Claim, ClaimFailed, all_claims, claim, claims
from parecon_edu.lesson.claims import recorded, stated


@pytest.mark.parametrize("holds", [True, np.True_, lambda: True, lambda: np.bool_(True), lambda: np.array(True)])
def test_a_true_claim_is_shown_with_its_limits(holds):
    made = claim(
        "equal work, equal pay", holds=holds, assumes="honest ratings", range="any pool", unless="friends rate"
    )
    assert isinstance(made, Claim)
    assert repr(made) == (
        "Equal work, equal pay. It holds here.\n"
        "  It assumes: Honest ratings.\n  Range: Any pool.\n  Unless: Friends rate."
    )
    assert "It holds here" in made._repr_html_()


@pytest.mark.parametrize("holds", [False, np.False_, lambda: False])
def test_a_false_claim_fails_as_an_assertion_does(holds):
    with pytest.raises(ClaimFailed, match=r"does not hold here: “Equal work, equal pay.” .*honest ratings"):
        claim("Equal work, equal pay.", holds=holds, assumes="honest ratings")
    assert issubclass(ClaimFailed, AssertionError)


@pytest.mark.parametrize("holds", [1, "yes", None, np.array([True, True]), [True], lambda: None])
def test_something_that_is_neither_true_nor_false_is_refused(holds):
    with pytest.raises(TypeError, match="True or False"):
        claim("This.", holds=holds)


@given(st.lists(st.integers(-50, 50), min_size=1, unique=True).map(sorted), st.integers(-60, 60))
def test_over_a_range_it_says_exactly_where_it_holds(values, limit):
    """A claim that is true below a limit holds in one stretch, from the first value to the last below the limit."""
    below = [value for value in values if value < limit]
    if not below:
        with pytest.raises(ClaimFailed):
            claim("It is small.", holds=lambda x: x < limit, over=values)
        return
    made = claim("It is small.", holds=lambda x: x < limit, over=values)
    assert made.holds_for == ((below[0], below[-1]),)
    assert made.tried == (values[0], values[-1], len(values))
    assert made.stops == tuple(value for value in values if value >= limit)[:1]


def test_it_names_the_stretch_and_the_place_where_it_stops():
    made = claim("Pay stays equal.", holds=lambda ring: ring < 0.35, over=np.arange(6) / 10)
    assert repr(made).endswith("Tried: 6 values from 0 to 0.5; it holds from 0 to 0.3 and stops at 0.4.")
    gaps = claim("Here and there.", holds=lambda x: x != 2, over=[1, 2, 3])
    assert gaps.holds_for == ((1, 1), (3, 3))
    assert "it holds at 1 and at 3 and stops at 2" in repr(gaps)


def test_it_has_to_hold_in_all_of_the_range_it_claims():
    values = [0, 0.1, 0.2, 0.3]
    assert claim("Small.", holds=lambda x: x < 0.25, over=values, range=(0, 0.2)).range == "from 0 to 0.2"
    with pytest.raises(ClaimFailed, match=r"at 0\.3"):
        claim("Small.", holds=lambda x: x < 0.25, over=values, range=(0, 0.3))
    with pytest.raises(ValueError, match="No value of over="):
        claim("Small.", holds=lambda x: True, over=values, range=(7, 8))


def test_over_and_holds_have_to_fit():
    with pytest.raises(TypeError, match="function of one value"):
        claim("This.", holds=True, over=[1, 2])
    with pytest.raises(TypeError, match="needs over="):
        claim("This.", holds=True, range=(0, 1))
    for bad in ([], [1, float("nan")]):
        with pytest.raises(ValueError, match="finite numbers"):
            claim("This.", holds=lambda x: True, over=bad)
    for bad in ([2, 1], [1, 1]):
        with pytest.raises(ValueError, match="rise"):
            claim("This.", holds=lambda x: True, over=bad)
    with pytest.raises(ValueError, match="its sentence first"):
        claim(" ", holds=True)


def test_one_page_lists_the_claims_of_all_lessons_without_running_them(lessons):
    source = (
        "from parecon_edu.lesson import claim\n"
        "claim('Ratings <b>inflate</b>', holds=lambda: 1/0, assumes='a cap', unless='friends rate')\n"
        "lesson.claim('Second.', holds=False)"
    )
    cells = [
        {"cell_type": "code", "source": source.splitlines(keepends=True)},
        {"cell_type": "code", "source": ["this is no Python"]},
        {"cell_type": "markdown", "source": ["claim('not a cell of code', holds=True)"]},
    ]
    (lessons / "04_pay.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    page = all_claims()
    assert str(page) == (
        "04 What should income reward?\n"
        "  Ratings <b>inflate</b>. (assumes a cap; unless friends rate; verdict: not run)\n"
        "  Second. (verdict: not run)"
    )
    assert "<b>inflate" not in page._repr_html_()
    assert str(all_claims("00")) == "No claims yet."


def test_the_page_gives_each_claim_its_verdict_as_the_lesson_stored_it(lessons):
    one = claim("Squares are larger.", holds=lambda side: side**2 > side, over=[1.5, 2], assumes="a side", unless="0")
    two = claim("Two and two make four.", holds=2 + 2 == 4, range="Whole numbers")
    outputs = [
        {"output_type": "display_data", "data": {"text/plain": repr(each).splitlines(True)}} for each in (one, two)
    ]
    source = "claim('Squares are larger.', holds=f)\nclaim(words, holds=True)\nclaim('Third.', holds=True)"
    cells = [{"cell_type": "code", "source": [source], "outputs": outputs}]
    (lessons / "04_pay.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert list(recorded(lessons / "04_pay.ipynb")) == [
        {
            "sentence": "Squares are larger.",
            "assumes": "A side",
            "unless": "0",
            "verdict": "holds; tried 2 values from 1.5 to 2; it holds at all of them",
        },
        {"sentence": "Two and two make four.", "range": "Whole numbers", "verdict": "holds"},
        {"sentence": "Third.", "verdict": "not run"},
    ]


LESSONS = sorted((Path(__file__).resolve().parents[2] / "lessons").glob("*.ipynb"))


@pytest.mark.parametrize("path", LESSONS, ids=[path.stem for path in LESSONS])
def test_no_claim_of_a_real_lesson_is_missing_from_the_page(path):
    said = [parts["sentence"] for parts in stated(path) if "sentence" in parts]
    found = list(recorded(path))
    on_page = str(all_claims(path.name.partition("_")[0]))
    assert len(found) >= len(list(stated(path)))
    for sentence in {*said, *(parts["sentence"] for parts in found if "sentence" in parts)}:
        assert sentence in on_page
    assert all(parts["verdict"].startswith("holds") for parts in found), "a claim was stored without its verdict"


def test_the_page_can_be_written_to_a_file(lessons, tmp_path):
    cells = [{"cell_type": "code", "source": ["claim('Ratings inflate.', holds=True)"]}]
    (lessons / "04_pay.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    page = tmp_path / "claims.html"
    assert claims._written([str(page)]) == 0
    assert "Ratings inflate." in page.read_text(encoding="utf-8")
    assert claims._written([]) == 2
