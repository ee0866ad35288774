"""The panels on councils: picture, sentence, table and the code for the view say what the library computes."""

import time
from functools import cache

import numpy as np
import pytest

from parecon_edu import councils
from parecon_edu.councils import figures
from parecon_edu.councils.controls import read_people


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


_panels = cache(councils.panel)


def moved(view, **values):
    """A panel as it is at first but for these values; each is built once, since building takes its time."""
    panel = _panels(view)
    start = _starts.setdefault(view, panel.values)
    panel.set(**{**start, **values})
    return panel


_starts = {}


PYRAMIDS = [
    {},
    {"place": "house", "size": 3},
    {"place": "riverside", "size": 51},
    {"place": "country", "size": 50},
    {"place": "country", "size": 3},
    {"place": "city", "shape": "districts"},
    {"place": "country", "shape": "districts", "districts": 4, "commune": 500},
    {"own": "3,200", "size": 25},
    {"own": "1"},
]


@pytest.mark.parametrize("values", PYRAMIDS)
def test_the_pyramid_is_drawn_said_and_written_as_it_is_counted(values):
    panel = moved("pyramid", **values)
    counts, in_all, fewest = run(panel.code)
    exhibit = panel.exhibit
    assert [row[1] for row in exhibit.table.rows] == list(counts[::-1])
    assert len(exhibit.figure.data) == len(counts) + 3, "ties, the people, a row a level, and the way up"
    assert len(exhibit.figure.layout.yaxis.ticktext) == len(counts) + 1
    for text, councils_there in zip(exhibit.figure.layout.yaxis.ticktext[1:], counts, strict=True):
        assert text.startswith(f"{councils_there:,} council")
    if len(counts) > 1:
        assert f"{len(counts)} levels, {in_all:,} councils" in exhibit.sentence
        people = int(exhibit.figure.layout.yaxis.ticktext[0].removesuffix(" people").replace(",", ""))
        few = f"{fewest:,} people sit in the right places"
        assert (few if 2 * fewest < people else f"it takes {fewest:,} to win at the top") in exhibit.sentence
    else:
        assert "nobody is sent anywhere" in exhibit.sentence


def test_councils_are_drawn_one_by_one_where_there_is_room_and_else_as_a_bar():
    small, large = (moved("pyramid", **values).exhibit.figure.data for values in ({}, {"place": "country", "size": 50}))
    assert [len(trace.x) for trace in small[1:-1]] == [9, 3, 1]
    assert [trace.mode for trace in large[1:-1]] == ["lines"] * 5 + ["markers"]


def test_everybody_is_tied_to_one_council_and_every_council_to_the_next():
    ties = moved("pyramid").exhibit.figure.data[0]
    ends = list(zip(ties.x[0::3], ties.y[0::3], ties.x[1::3], ties.y[1::3], strict=True))
    assert len(ends) == 9 + 3
    people = [end for end in ends if end[1] == 0]
    assert len({x for x, *_ in people}) == 9
    assert sorted(people)[:3] == [end for end in sorted(people) if end[2] == people[0][2]], "neighbours meet"


def test_every_level_of_a_pyramid_is_narrower_than_the_one_below():
    for values in PYRAMIDS:
        rows = moved("pyramid", **values).exhibit.figure.data[1:-1]
        widths = [max(row.x) - min(row.x) for row in rows]
        assert widths == sorted(widths, reverse=True)
        assert max(map(abs, rows[0].x)) < 0.56, "inside the axis"


def test_the_height_stands_still_from_four_people_to_three_hundred_million():
    assert {moved("pyramid", **values).exhibit.figure.layout.height for values in PYRAMIDS} == {420}


@pytest.mark.parametrize(
    ("text", "people"),
    [("3200", 3200), (" 3,200 ", 3200), ("3 200", 3200), ("1.5 million", 1_500_000), ("9m", 9_000_000), ("1", 1)],
)
def test_people_can_be_typed_as_people_write_them(text, people):
    assert read_people(text) == people


@pytest.mark.parametrize("text", ["many", "-4", "3.5", "0", "1e9", "999 million million", "32,00", "99999999999"])
def test_what_is_no_number_of_people_is_refused_in_words_and_changes_nothing(text):
    panel = councils.panel()
    before = panel.exhibit.sentence
    with pytest.raises(ValueError, match="Your town"):
        panel.set(own=text)
    assert panel.exhibit.sentence == before


CHAINS = [
    {},
    {"recall": 0},
    {"drift": 0},
    {"recall": 0, "drift": 0},
    {"recall": 0, "lists": "one"},
    {"lists": "one"},
    {"recall": 5, "drift": 1, "term": 48, "levels": 7},
    {"wanted": 52, "levels": 1},
]


@pytest.mark.parametrize("values", CHAINS)
def test_the_code_for_the_chain_gives_the_numbers_shown(values):
    panel = moved("chain", **values)
    unbroken, votes, *stays = run(panel.code)
    bars, marks, *line = panel.exhibit.figure.data
    np.testing.assert_allclose(bars.y, unbroken)
    np.testing.assert_allclose(marks.y[1:], votes)
    assert marks.y[0] == panel.values["wanted"] / 100
    assert len(line) == len(stays)
    for drawn, share in zip(line, stays, strict=True):
        assert set(drawn.y) == {share}
    assert f"{100 * unbroken[-1]:.1f}".rstrip("0").rstrip(".") in panel.exhibit.table.rows[panel.values["levels"]][1]


def test_recall_off_and_one_list_leave_the_top_to_the_centre():
    off = moved("chain", recall=0).exhibit
    soviet = moved("chain", recall=0, lists="one").exhibit
    assert "no chain of mandates holds" in off.sentence
    assert "of those at the top, none do" in off.sentence
    assert max(off.figure.data[0].y) == max(soviet.figure.data[0].y) == 0
    assert "Nobody at the top is sent by the people" in soviet.sentence
    listed = moved("chain", lists="one").exhibit
    assert max(listed.figure.data[0].y) == 0, "recall by the centre's own people binds nobody to the people"


def test_a_clear_majority_survives_a_drift_that_undoes_a_narrow_one():
    clear, narrow = (moved("chain", wanted=share).exhibit.figure.data for share in (70, 52))
    assert clear[0].y == narrow[0].y, "the chains are the same"
    assert clear[1].y[-1] == pytest.approx(0.8, abs=0.001)
    assert narrow[1].y[-1] < 0.001


@pytest.mark.parametrize("values", [{}, {"share": 26, "levels": 2}, {"share": 74, "levels": 2}, {"size": "3"}])
def test_the_code_for_the_layers_gives_the_lines_shown(values):
    panel = moved("layers", **values)
    for line, shares in zip(panel.exhibit.figure.data, run(panel.code), strict=True):
        np.testing.assert_allclose(line.y, shares)
        assert -0.04 <= min(line.y) <= max(line.y) <= 1.06


def test_45_per_cent_vanish_and_a_quarter_can_win_two_layers():
    assert "none of the delegates hold it if those people are spread by lot" in moved("layers").exhibit.sentence
    quarter = moved("layers", share=27.05, levels=2)
    assert "all if they are in the best places, and none if they are in the worst" in quarter.exhibit.sentence


@pytest.mark.parametrize("answer", councils.REPLIES[1:])
@pytest.mark.parametrize(
    "values",
    [
        {},
        {"share": 30, "size": "3", "levels": 1, "seats": 10, "chambers": 7, "independence": 50, "lists": 3},
    ],
)
def test_the_code_for_a_reply_gives_the_bars_shown(answer, values):
    panel = moved("layers", answer=answer, **values)
    *measures, _ = run(panel.code)
    np.testing.assert_allclose(panel.exhibit.figure.data[1].x, measures, atol=1e-12)
    assert "Its price: " in panel.exhibit.sentence
    assert panel.exhibit.figure.data[0].x[3] == 1, "without a reply the project of both sides goes through"


def test_seats_in_proportion_weigh_nobody_more_than_others():
    assert "one of them weighs as much as one of the others" in moved("layers", answer="seats").exhibit.sentence
    assert "weighs 1.49 times one of the others" in moved("layers", answer="seats", seats=55).exhibit.sentence


def test_a_reply_is_for_a_minority():
    panel = moved("layers", answer="veto")
    with pytest.raises(ValueError, match="less than half"):
        panel.set(share=60)
    assert panel.values["share"] == 45


def test_all_replies_side_by_side_say_who_helps_with_what():
    exhibit = figures.all_replies(0.45)
    assert exhibit.sentence.startswith("A veto and a court protect")
    assert "Autonomy lets it have" in exhibit.sentence
    assert len(exhibit.table.rows) == len(councils.REPLIES)
    for trace, column in zip(exhibit.figure.data, ("seats", "spared", "own", "common"), strict=True):
        expected = [getattr(councils.reply(name, 0.45), column) for name in councils.REPLIES]
        np.testing.assert_allclose(trace.x, expected, atol=1e-12)


@pytest.mark.parametrize("values", [{}, {"stands": 80}, {"stands": 80, "levels": 5}, {"petition": 25, "size": "9"}])
def test_the_code_for_the_return_gives_the_bars_shown(values):
    panel = moved("return", **values)
    minority, often, _ = run(panel.code)
    shares, votes = panel.exhibit.figure.data
    assert shares.y[1] == minority
    assert votes.y[1] == pytest.approx(100 * often)
    assert max(votes.y) < panel.exhibit.figure.layout.yaxis2.range[1]
    without = councils.winning_minority(int(panel.values["size"]), panel.values["levels"])
    assert shares.y[0] == pytest.approx(without)


def test_the_bars_of_the_return_fit_at_every_end():
    for values in ({"stands": 100, "petition": 5}, {"stands": 100, "petition": 5, "size": "9"}):
        panel = moved("return", **values)
        assert max(panel.exhibit.figure.data[1].y) < panel.exhibit.figure.layout.yaxis2.range[1]


@pytest.mark.parametrize("view", ["pyramid", "chain", "layers", "return"])
def test_a_scenario_code_brings_back_what_was_seen(view):
    panel, other = councils.panel(view), councils.panel(view)
    name = next(iter(panel.values))
    panel.set(**({name: "country"} if view == "pyramid" else {name: 60}))
    other.restore(panel.scenario_code)
    assert other.exhibit.sentence == panel.exhibit.sentence
    assert other.values == panel.values


@pytest.mark.parametrize("view", ["pyramid", "chain", "layers", "return"])
def test_a_panel_answers_while_a_slider_is_dragged(view):
    panel = councils.panel(view)
    name = {"pyramid": "size", "chain": "recall", "layers": "share", "return": "stands"}[view]
    took = []
    for value in (51, 52, 53, 54, 55):
        began = time.perf_counter()
        panel.set(**{name: value})
        took.append(time.perf_counter() - began)
    # Twenty milliseconds on a quiet computer; five times as much where others work too.
    assert min(took) < 0.1


def test_an_unknown_view_is_refused_by_name():
    with pytest.raises(ValueError, match="no panel 'soviet'"):
        councils.panel("soviet")
