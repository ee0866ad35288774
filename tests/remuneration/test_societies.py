"""Real firms and countries: every number with its source, no two kinds on one axis, and one's own workplace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parecon_edu import remuneration
from parecon_edu.remuneration import BAKERY, MEASURES, facts, gini, gini_bound, pay, read_pays
from parecon_edu.remuneration.society_figures import KIND_WORDS, standing

pays = st.lists(st.floats(1, 1e5), min_size=2, max_size=40)


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


def societies(**values):
    panel = remuneration.panel("societies")
    panel.set(**values)
    return panel


# --- the numbers ------------------------------------------------------------------------------------------------------


def test_every_fact_says_when_where_from_and_how_sure():
    assert len(facts()) >= 20
    for fact in facts():
        assert fact.kind in MEASURES
        assert fact.sure in ("good", "fair", "poor")
        assert all((fact.who, fact.year, fact.source, fact.note))
        assert fact.note.endswith(".")
        assert fact.year[:2] in ("19", "20")
        low, high = (0, 1) if fact.kind == "gini" else (1, 1000)
        assert low < fact.value < high


def test_each_kind_of_number_has_its_words_and_no_fact_stands_twice():
    assert set(KIND_WORDS) == set(MEASURES) == {fact.kind for fact in facts()}
    names = [(fact.kind, fact.who, fact.year) for fact in facts()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", MEASURES)
def test_a_picture_shows_one_kind_of_number_and_no_other(kind):
    exhibit = standing(kind)
    expected = sorted(fact.value for fact in facts() if fact.kind == kind)
    assert list(exhibit.figure.data[0].x) == expected
    assert len(exhibit.table.rows) == len(expected)
    sources = {fact.source for fact in facts() if fact.kind == kind}
    for row in exhibit.table.rows:
        assert any(row[-1].startswith(source) for source in sources)
    assert max(expected) < exhibit.figure.layout.xaxis.range[1]


# --- the bound that ties a pay ratio to a Gini ------------------------------------------------------------------------


@given(pays)
def test_no_pays_are_more_unequal_than_their_ratio_allows(given_pays):
    ratio = max(given_pays) / min(given_pays)
    assert gini(given_pays) <= gini_bound(max(ratio, 1.0)) + 1e-12


@pytest.mark.parametrize("root", [2, 3, 5, 9])
def test_the_bound_is_reached_when_one_in_one_plus_the_root_has_the_highest_pay(root):
    assert gini([1.0] * root + [float(root**2)]) == pytest.approx(gini_bound(root**2))


@given(st.floats(1, 1e4), st.floats(1, 1e4))
def test_a_larger_ratio_never_lowers_the_bound(one, other):
    low, high = sorted((one, other))
    assert 0 <= gini_bound(low) <= gini_bound(high) < 1


def test_a_ratio_upside_down_is_refused_in_words():
    with pytest.raises(ValueError, match="Divide the highest pay by the lowest"):
        gini_bound(0.5)
    with pytest.raises(ValueError, match="pay ratio"):
        gini_bound(float("nan"))


# --- the learner's own workplace --------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=30).filter(any), st.sampled_from([" ", ", ", "; ", "\n"]))
def test_pays_are_read_as_they_were_written(numbers, between):
    assert read_pays(between.join(map(str, numbers))).tolist() == numbers


def test_several_people_with_one_pay_can_be_written_short():
    assert read_pays("3x2100 1 * 5".replace(" * ", "*")).tolist() == [2100, 2100, 2100, 5]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "two people or more: you gave 0"),
        ("1800", "two people or more: you gave 1"),
        ("1800 -20", "can't be negative: you wrote “-20”"),
        ("1800 lots", "“lots” is no pay"),
        ("2,500 3000", "“2,500” could be one pay or two. Write 2500"),
        ("2100,50 3000", "“2100,50” could be one pay or two. Write 2100.50"),
        ("x" * 400, f"“{'x' * 39}…” is no pay"),
        ("0 0", "All the pays are 0"),
        ("0x5 7", "pay of nobody"),
        ("20000x5", "you gave 20,000"),
        ("1e5 7", "“1e5” is no pay"),
        ("nan inf", "“nan” is no pay"),
        ("99999999999999 1", "more than anybody is paid"),
        ("__import__('os') 3", "is no pay"),
    ],
)
def test_what_is_no_pay_is_refused_and_the_message_says_what_to_write(text, words):
    with pytest.raises(ValueError, match=r"[.]") as refused:
        read_pays(text)
    assert words in str(refused.value)


def test_a_slip_leaves_the_panel_as_it_was():
    panel = societies(pays="1800 2400 5200")
    before = panel.exhibit.sentence
    with pytest.raises(ValueError, match="is no pay"):
        panel.set(pays="1800 two 5200")
    assert panel.exhibit.sentence == before
    assert panel.values["pays"] == "1800 2400 5200"


@pytest.mark.parametrize("kind", MEASURES)
@pytest.mark.parametrize("own", [{}, {"norm": "effort"}, {"norm": "need", "pays": "12x2100 3x3000; 5200"}])
def test_the_code_for_the_view_gives_the_numbers_shown(kind, own):
    panel = societies(kind=kind, **own)
    assert sorted(run(panel.code).values()) == pytest.approx(sorted(panel.exhibit.figure.data[0].x))


def test_ones_own_workplace_stands_among_the_others_by_the_same_measure():
    # Three people: highest 5,200, lowest 1,800, middle 2,400.
    panel = societies(pays="1800 2400 5200")
    assert "Your workplace has 2.89, below all of them" in panel.exhibit.sentence
    assert f"at most {gini_bound(5200 / 1800):.2f}; it is {gini([1800, 2400, 5200]):.2f}" in panel.exhibit.sentence
    panel.set(kind="boss_median")
    assert "Your workplace has 2.17" in panel.exhibit.sentence
    panel.set(kind="d9_d1")
    assert "take this number as a rough one" in panel.exhibit.sentence
    panel.set(kind="gini")
    assert "take it as a yardstick" in panel.exhibit.sentence


def test_an_entry_beyond_the_axis_lengthens_it_and_is_not_cut_off():
    panel = societies(pays="10 4000")
    assert max(panel.exhibit.figure.data[0].x) == 400
    assert panel.exhibit.figure.layout.xaxis.range[1] > 400


def test_where_somebody_gets_nothing_there_is_no_ratio_and_no_bar():
    panel = societies(norm="output")
    assert min(pay(BAKERY, "output", pool=1200)) == 0
    assert "one can't divide by it" in panel.exhibit.sentence
    assert len(panel.exhibit.figure.data[0].x) == sum(fact.kind == "top_lowest" for fact in facts())
    assert any(row[2] == "no number: somebody gets nothing" for row in panel.exhibit.table.rows)


def test_a_scenario_code_carries_the_pays_and_nothing_else_does():
    panel, other = societies(kind="gini", pays="3x2100, 4000"), remuneration.panel("societies")
    other.restore(panel.scenario_code)
    assert other.values == panel.values
    assert other.exhibit.sentence == panel.exhibit.sentence


def test_an_unknown_kind_is_refused_by_name():
    with pytest.raises(ValueError, match="no kind of number 'happiness'"):
        standing("happiness")
