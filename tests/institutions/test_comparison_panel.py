"""The panels of lesson 10 show what the library computes, and each advocate is two clicks from their case."""

import dataclasses
import json
import re
from pathlib import Path

import numpy as np
import pytest

from parecon_edu import economy, institutions
from parecon_edu.economy.scenarios import CASES, INSTITUTIONS
from parecon_edu.institutions import comparison
from parecon_edu.institutions.comparison import controls, puzzle
from parecon_edu.institutions.comparison.figures import NAMES, good_years
from parecon_edu.institutions.comparison.scores import MEASURED
from parecon_edu.lesson import learner
from parecon_edu.values import SOCIETIES, VALUES

RIVERSIDE = economy.scenario("riverside")


@pytest.fixture(autouse=True)
def nobody(monkeypatch, tmp_path):
    """A learner with an empty course folder."""
    monkeypatch.setenv("PARECON_COURSE", str(tmp_path))
    learner.forget()
    yield
    learner.forget()


@pytest.fixture(scope="module")
def town_panel():
    return comparison.panel()


@pytest.fixture(scope="module")
def one_puzzle():
    return comparison.panel("flip")


@pytest.fixture
def flip(one_puzzle):
    """The puzzle, as it is at first."""
    one_puzzle.set(**one_puzzle._start)
    return one_puzzle


def run(code):
    """Paste the code for a view: run it, and give what its last line gives."""
    *lines, last = code.rstrip().split("\n")
    space = {}
    exec("\n".join(lines), space)
    return eval(last, space)


def in_picture(panel):
    return {trace.name: list(trace.x) for trace in panel.exhibit.figure.data}


# --- the town ---------------------------------------------------------------------------------------------------------


def test_it_begins_with_one_control_and_with_agreement():
    panel = comparison.panel()
    seen = [name for name, field in panel._fields.items() if field.widget.layout.display != "none"]
    assert seen == ["all"]
    assert "All of them do exactly the same" in panel.exhibit.sentence
    assert panel._controls["all"].options["best"] == "all three at their best"


@pytest.mark.parametrize("case", CASES)
def test_a_case_for_all_is_what_compare_says_of_it(town_panel, case):
    town_panel.set(all=case)
    found = institutions.compare(RIVERSIDE, case=case)
    for outcome, (name, values) in zip(found.outcomes, in_picture(town_panel).items(), strict=True):
        assert name == NAMES[outcome.institution]
        np.testing.assert_allclose(values, outcome.equivalent_by_council, atol=1e-9)
    np.testing.assert_allclose(run(town_panel.code), [outcome.equivalent for outcome in found.outcomes], atol=1e-12)
    assert [town_panel.values[name] for name in INSTITUTIONS] == [case] * 3


@pytest.mark.parametrize("advocate", INSTITUTIONS)
def test_an_advocate_finds_their_best_case_and_their_opponents_failure_in_one_choice(town_panel, advocate):
    town_panel.set(all=advocate)
    for name, outcome_name in NAMES.items():
        shown = np.array(in_picture(town_panel)[outcome_name])
        if name == advocate:
            np.testing.assert_allclose(shown, 1, atol=1e-9)
        else:
            own = {"surprise": 0.2}  # the same year for all three
            failing = getattr(institutions, name).allocate(RIVERSIDE, case="failure", **own)
            np.testing.assert_allclose(shown, failing.equivalent_by_council, atol=1e-9)
            assert shown.min() < 0.5
    assert f"all 8 neighbourhoods do best with {NAMES[advocate]}" in town_panel.exhibit.sentence.lower() or (
        advocate != "market" and "Hilltop and Northgate do best with the market" in town_panel.exhibit.sentence
    )


def test_a_slider_that_is_moved_says_my_own_and_leaves_the_other_sliders_where_the_case_put_them(town_panel):
    town_panel.set(all="typical")
    before = town_panel.values
    town_panel.set(central_slack=10)
    after = town_panel.values
    assert (after["all"], after["central"], after["market"]) == ("own", "own", "typical")
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {"all", "central", "central_slack"}
    town_panel.set(central_slack=20)
    assert town_panel.values == before, "back at the preset, it is the usual day again"


def test_one_institution_s_case_moves_its_own_sliders_and_the_year_alone(town_panel):
    town_panel.set(all="best")
    town_panel.set(market="failure")
    values = town_panel.values
    assert values["market_unpriced_harm"] == 100
    assert values["surprise"] == 20
    assert (values["central"], values["participatory"], values["all"]) == ("best", "best", "own")
    np.testing.assert_allclose(in_picture(town_panel)["the central plan"], 1, atol=1e-9)


def test_all_three_live_through_the_same_year(town_panel):
    town_panel.set(all="failure", surprise=30, seed=4)
    names = ("market", "central", "participatory")
    settings = [controls._settings(name, town_panel.values) for name in names]
    assert {given["surprise"] for given in settings} == {0.3}
    direct = [
        getattr(institutions, name).allocate(RIVERSIDE, seed=4, **given)
        for name, given in zip(names, settings, strict=True)
    ]
    np.testing.assert_allclose(run(town_panel.code), [outcome.equivalent for outcome in direct], atol=1e-12)


def test_the_sentence_names_winners_losers_and_the_worst_off_of_each(town_panel):
    town_panel.set(all="typical", seed=0, surprise=10)
    found = institutions.compare(RIVERSIDE, case="typical")
    sentence = town_panel.exhibit.sentence
    best = np.array([outcome.equivalent_by_council for outcome in found.outcomes]).argmax(axis=0)
    for h, name in enumerate(found.market.neighbourhoods):
        clause = next(part for part in re.split(r"[.;] ", sentence) if name in part and "best with" in part)
        assert list(NAMES.values())[best[h]] in clause
    for outcome in found.outcomes:
        who = outcome.neighbourhoods[int(outcome.equivalent_by_council.argmin())]
        assert f"{who} with {NAMES[outcome.institution]} (" in sentence
    assert "that is a tie" in sentence


def test_the_scenario_code_restores_exactly_this_town(town_panel):
    town_panel.set(all="typical")
    town_panel.set(market_wage_markdown=40, participatory_stop_at=8, seed=3, whose="Bo")
    again = comparison.panel()
    again.restore(town_panel.scenario_code)
    assert again.values == town_panel.values
    assert again.exhibit.sentence == town_panel.exhibit.sentence


def test_a_value_that_does_not_fit_changes_nothing(town_panel):
    town_panel.set(all="typical")
    before = town_panel.values
    for wrong in ({"central_slack": 80}, {"all": "utopia"}, {"nonsense": 1}):
        with pytest.raises(ValueError, match=r"goes from|can be|no control"):
            town_panel.set(**wrong)
    assert town_panel.values == before


def test_a_year_for_which_no_prices_are_found_is_refused_in_words_and_changes_nothing(town_panel):
    town_panel.set(all="failure", seed=0)
    before = town_panel.values
    with pytest.raises(ValueError, match=r"In year 8.*the participatory plan.*Try another year"):
        town_panel.set(seed=8)
    assert town_panel.values == before


def test_two_panels_do_not_touch():
    one, other = comparison.panel(), comparison.panel()
    one.set(all="failure")
    assert other.values["all"] == "best"


# --- values -----------------------------------------------------------------------------------------------------------


def test_at_their_best_every_value_that_is_measured_is_met_in_full():
    scores = comparison.value_scores(institutions.compare(RIVERSIDE).outcomes, RIVERSIDE)
    np.testing.assert_allclose(scores, 1, atol=1e-9)


def test_all_the_weight_on_one_value_gives_its_score_and_diversity_is_shared_out():
    scores = comparison.value_scores(institutions.compare(RIVERSIDE, case="typical").outcomes, RIVERSIDE)
    for at, value in enumerate(MEASURED):
        np.testing.assert_allclose(comparison.by_weights(scores, {value: 10}), 100 * scores[:, at])
    even = {value: 1 for value in MEASURED}
    np.testing.assert_allclose(
        comparison.by_weights(scores, even), comparison.by_weights(scores, {**even, "diversity": 50})
    )
    with pytest.raises(ValueError, match="diversity"):
        comparison.by_weights(scores, {"diversity": 1})


def test_locked_weights_of_lesson_01_are_laid_over_what_came_out():
    learner.store().write("predict", "01.weights", {"answer": [0, 0, 0, 0, 100, 0]})
    from parecon_edu.values import locked_weights

    if locked_weights() is None:
        from parecon_edu.lesson import predict

        predict("01.weights").lock([0, 0, 0, 0, 100, 0])
    panel = comparison.panel()
    panel.set(all="failure")
    assert panel.values["whose"] == "own"
    assert "With your weights, of 100 points: the participatory plan 60" in panel.exhibit.sentence


def test_without_locked_weights_they_are_equal_and_the_control_says_so():
    panel = comparison.panel()
    panel.set(all="typical")
    assert panel.values["whose"] == "even"
    assert "With six equal weights" in panel.exhibit.sentence
    assert len(VALUES) == len(MEASURED) + 1 == 6
    assert SOCIETIES.names  # lesson 01 is where they come from


def test_sustainability_is_the_best_plan_s_smoke_over_the_smoke_there_is():
    dirty = institutions.market.allocate(RIVERSIDE, unpriced_harm=1)
    clean = institutions.compare(RIVERSIDE).market
    score = comparison.value_scores([dirty], RIVERSIDE)[0, list(MEASURED).index("sustainability")]
    assert score == pytest.approx(clean.emissions / dirty.emissions, rel=1e-9)
    assert score < 0.5


@pytest.mark.parametrize("seed", [0, 4])
def test_scores_are_held_against_the_best_plan_of_the_same_year(seed):
    """A surprise that is answered at once by a market at its best leaves just the best plan of that year."""
    clean, dirty = (
        institutions.market.allocate(RIVERSIDE, surprise=0.3, rigidity=0, seed=seed, unpriced_harm=harm)
        for harm in (0, 1)
    )
    scores = comparison.value_scores([clean, dirty], RIVERSIDE)
    np.testing.assert_allclose(scores[0], 1, atol=1e-8)
    sustainable = scores[1, list(MEASURED).index("sustainability")]
    assert sustainable == pytest.approx(clean.emissions / dirty.emissions, rel=1e-8)
    assert sustainable < 0.9


def test_no_score_is_better_than_the_best_plan_s_and_solidarity_looks_at_whoever_has_least():
    clean = institutions.participatory.allocate(RIVERSIDE, inflated_harm=1)
    unequal = institutions.market.allocate(RIVERSIDE, unequal_shares=1)
    scores = comparison.value_scores([clean, unequal], RIVERSIDE)
    assert scores[0, list(MEASURED).index("sustainability")] == 1, "less smoke than is best is no better here"
    assert scores[1, list(MEASURED).index("solidarity")] == min(unequal.equivalent_by_council)


# --- the puzzle -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("goal", INSTITUTIONS)
def test_at_the_start_of_its_level_an_institution_is_not_on_top(flip, goal):
    panel = flip
    panel.set(goal=goal)
    assert not panel.exhibit.sentence.startswith("Done")
    assert "Moved: 0 sliders" in panel.exhibit.sentence
    panel.set(words="I believe it.")
    with pytest.raises(ValueError, match="not on top yet"):
        panel.press("keep")


@pytest.mark.parametrize(
    ("goal", "one"),
    [
        ("market", {"market_unequal_shares": 60}),
        ("central", {"central_slack": 10}),
        ("participatory", {"participatory_slack": 10}),
    ],
)
def test_every_level_can_be_done_with_one_slider_and_what_is_written_is_kept(flip, goal, one):
    panel = flip
    panel.set(goal=goal)
    panel.set(**one)
    assert panel.exhibit.sentence.startswith("Done")
    assert "1 slider," in panel.exhibit.sentence
    with pytest.raises(ValueError, match="Write first"):
        panel.press("keep")
    panel.set(words="That it can be found out.")
    panel.press("keep")
    assert "That it can be found out." in comparison.kept_beliefs()[0]
    panel.set(goal="market" if goal != "market" else "central")
    assert "That it can be found out." in str(panel.exhibit), "another level shows it too"


@pytest.mark.parametrize("moved", [3, None, "x", {}])
def test_a_note_that_was_damaged_is_still_shown(moved):
    learner.store().write("belief", "10.market", {"words": "That it can be found out.", "moved": moved})
    assert comparison.kept_beliefs() == ["the market on top: “That it can be found out.”"]


@pytest.mark.parametrize(
    ("goal", "two"),
    [
        ("market", {"market_unequal_shares": 55}),
        ("central", {"market_unequal_shares": 100, "participatory_meeting_hours": 30}),
        ("participatory", {"market_unequal_shares": 100, "central_effort_loss": 90}),
    ],
)
def test_the_harder_game_can_be_won_too_and_keeps_hidden_capacity_where_it_was(flip, goal, two):
    panel = flip
    panel.set(goal=goal, hard=True)
    with pytest.raises(ValueError, match="hidden capacity stays"):
        panel.set(**{f"{goal}_slack": 0})
    panel.set(**two)
    assert panel.exhibit.sentence.startswith("Done"), panel.exhibit.sentence
    code, sentence = panel.scenario_code, panel.exhibit.sentence
    panel.set(**panel._start)
    panel.restore(code)
    assert panel.exhibit.sentence == sentence


def test_another_level_begins_anew_and_so_does_the_button(flip):
    panel = flip
    panel.set(market_slack=30)
    panel.set(goal="central")
    assert panel.values["market_slack"] == 5
    panel.set(market_slack=30)
    panel.press("again")
    assert panel.values["market_slack"] == 5


def test_the_code_of_the_puzzle_gives_the_bars(flip):
    panel = flip
    panel.set(goal="participatory")
    np.testing.assert_allclose(run(panel.code), panel.exhibit.figure.data[0].x)


@pytest.mark.parametrize(("ahead", "first"), [(0.0099, ""), (0.0101, "market")])
def test_a_lead_of_less_than_a_hundredth_is_a_tie(ahead, first):
    assert puzzle.on_top({"central": 0.8, "market": 0.8 + ahead, "participatory": 0.7}) == first


def test_a_hundredth_is_enough_whatever_rounding_makes_of_it():
    for hundredths in range(50, 99):
        ends = {"central": hundredths / 100, "market": (hundredths + 1) / 100, "participatory": 0.1}
        assert puzzle.on_top(ends) == "market"


def test_moves_count_either_way_and_the_longest_comes_first():
    now = {name: dict(own) for name, own in puzzle.start("market", RIVERSIDE).items()}
    worst = puzzle.preset_sizes("central", "failure", RIVERSIDE)
    before = now["central"]["slack"], now["central"]["planner_taste"]
    now["central"] |= {"slack": before[0] - 0.1 * worst["slack"], "planner_taste": 0.0}
    moved = puzzle.moves("market", now, RIVERSIDE)
    assert [move.name for move in moved] == ["planner_taste", "slack"]
    assert [move.way for move in moved] == pytest.approx([before[1] / worst["planner_taste"], 0.1])


def test_one_surprise_for_all_counts_as_one_slider():
    now = {name: {**own, "surprise": 0.3} for name, own in puzzle.start("market", RIVERSIDE).items()}
    moved = puzzle.moves("market", now, RIVERSIDE)
    assert [(move.institution, move.name) for move in moved] == [("all", "surprise")]
    assert moved[0].way == pytest.approx((0.3 - 0.1) / 0.2)


# --- the tornado, the surprise, growth --------------------------------------------------------------------------------


def test_the_tornado_is_worked_out_only_when_asked_and_says_what_swings_says():
    town = economy.scenario("two_goods")  # small, so that it is quick
    panel = comparison.panel("tornado", town=town)
    assert not panel.exhibit.figure.data
    panel.set(whose="market")
    assert "Nothing is worked out yet for the market on a usual day" in panel.exhibit.sentence
    panel.set(whose="all")
    panel.press("work")
    found = controls._swings(town, "typical")
    assert [row[2:] for row in panel.exhibit.table.rows] == [
        (f"{swing.low:.2f}", f"{swing.base:.2f}", f"{swing.high:.2f}") for swing in found
    ]
    drawn = sum(len(trace.x) for trace in panel.exhibit.figure.data if trace.type == "bar")
    assert drawn == 14
    left, right = panel.exhibit.figure.layout.xaxis.range
    for trace in panel.exhibit.figure.data[:3]:
        assert all(left <= base and base + size <= right for base, size in zip(trace.base, trace.x, strict=True))
    panel.set(case="best")
    assert not panel.exhibit.figure.data, "another case has to be asked for"


@pytest.mark.parametrize("late", [0.0, 0.3, 0.45, 1.0])
def test_one_surprise_costs_what_each_institution_s_own_year_costs(late):
    bad = comparison.shock(RIVERSIDE, surprise=0.2, seed=3)
    for name in INSTITUTIONS:
        outcome = getattr(institutions, name).allocate(RIVERSIDE, surprise=0.2, rigidity=late, seed=3)
        assert bad.town(late) == pytest.approx(outcome.equivalent, abs=1e-9)
        np.testing.assert_allclose(bad.by_council(late), outcome.equivalent_by_council, atol=1e-9)


def test_a_year_in_which_somebody_gets_nothing_is_lost_unless_it_is_answered_at_once():
    """Well-being is exp(rigidity ln late): 0 for any time without, 1 for none; and the town is a mean of logs."""
    bad = comparison.shock(RIVERSIDE, surprise=0.2, seed=3)
    assert dict(bad.usual) == {
        name: RIVERSIDE.cases[name]["typical"].presets["rigidity"].value for name in INSTITUTIONS
    }
    ruined = dataclasses.replace(bad, late=np.array([0.0] + [0.25] * 7))
    np.testing.assert_allclose(ruined.by_council(0.5), [0] + [0.5] * 7)
    assert ruined.town(0.5) == 0
    assert ruined.town(0) == 1
    np.testing.assert_array_equal(ruined.by_council(0), 1)


def test_the_surprise_panel_shows_the_year_that_was_drawn():
    panel = comparison.panel("surprise")
    panel.set(surprise=30, seed=9)
    bad = comparison.shock(RIVERSIDE, surprise=0.3, seed=9)
    np.testing.assert_allclose(run(panel.code), [bad.town(late) for late in bad.usual.values()])
    marks = [trace for trace in panel.exhibit.figure.data if trace.mode != "lines"]
    np.testing.assert_allclose([trace.y[0] for trace in marks], run(panel.code))
    assert len({trace.marker.symbol for trace in marks}) == 3


def test_growth_makes_good_a_loss_after_the_years_the_library_says():
    panel = comparison.panel("growth")
    panel.set(left=85, faster=0.4)
    years, repaid = run(panel.code)
    assert f"level after {years:.0f} years" in panel.exhibit.sentence
    assert f"after {repaid:.0f} the good years" in panel.exhibit.sentence
    panel.set(pair="patents/open_blueprints")
    patents, blueprints = (comparison.discover(name).growth for name in ("patents", "open_blueprints"))
    assert panel.values["faster"] == pytest.approx(100 * (patents - blueprints), abs=0.005)
    panel.set(faster=0.2)
    assert panel.values["pair"] == "own"
    panel.set(faster=0)
    assert "never catches up" in panel.exhibit.sentence
    assert "no loss" in good_years(1.0, faster=0.01).sentence


# --- your own town ----------------------------------------------------------------------------------------------------


def test_your_own_town_is_riverside_where_nothing_was_said():
    mine = comparison.own_town()
    for outcome, same in zip(
        institutions.compare(mine, case="typical").outcomes,
        institutions.compare(RIVERSIDE, case="typical").outcomes,
        strict=True,
    ):
        np.testing.assert_allclose(outcome.equivalent_by_council, same.equivalent_by_council)


def test_in_what_unit_ownership_is_written_down_does_not_matter():
    one, other = (comparison.own_town(ownership=unit * np.arange(8.0)) for unit in (1, 250))
    np.testing.assert_allclose(one.people.ownership, other.people.ownership)
    np.testing.assert_allclose(one.people.ownership, np.arange(8) / 28)


def test_whoever_owns_your_town_gains_by_unequal_shares_and_all_three_still_agree_at_their_best():
    mine = comparison.own_town(
        neighbourhoods=list("ABCDEFGH"), ownership=[0, 0, 0, 0, 0, 0, 0, 1], downwind=[True] + [False] * 7, smoke=2
    )
    best = institutions.compare(mine)
    np.testing.assert_allclose([outcome.equivalent for outcome in best.outcomes], 1, atol=1e-9)
    outcome = institutions.market.allocate(mine, unequal_shares=1)
    assert outcome.neighbourhoods[int(outcome.equivalent_by_council.argmax())] == "H"
    panel = comparison.panel(town=mine)
    panel.set(all="failure")
    assert list(panel.exhibit.figure.layout.yaxis.ticktext) == list("ABCDEFGH")
    assert "town = mine" in panel.code


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ownership": [1, 2]}, "ownership"),
        ({"ownership": [0] * 8}, "somebody must own"),
        ({"ownership": [-1, *[1] * 7]}, "ownership"),
        ({"downwind": [1, 0, 0, 0, 0, 0, 0, 0]}, "downwind"),
        ({"neighbourhoods": ["A"] * 8}, "neighbourhoods"),
        ({"smoke": -1}, "smoke"),
    ],
)
def test_a_town_that_cannot_be_is_refused_in_words(wrong, words):
    with pytest.raises(ValueError, match=words):
        comparison.own_town(**wrong)


def test_there_is_no_other_view():
    with pytest.raises(ValueError, match="no panel 'pie'"):
        comparison.panel("pie")


def test_side_room_10b_lists_every_omission_that_the_readme_lists_with_the_same_leanings():
    root = Path(__file__).resolve().parents[2]
    readme = (root / "parecon_edu" / "institutions" / "README.md").read_text(encoding="utf-8")
    cells = json.loads((root / "lessons" / "10b_what_the_table_hides.ipynb").read_text(encoding="utf-8"))["cells"]
    lesson = "\n".join("".join(cell["source"]) for cell in cells)

    def leanings(text):
        rows = re.findall(r"(?m)^\| .+ \| (.*\*\*.*) \|$", text)
        return [re.findall(r"\*\*(.+?)\*\*", row)[0] for row in rows]

    assert leanings(lesson) == leanings(readme)
    assert len(leanings(lesson)) >= 18
