"""A rule between open blueprints and patents: its ends, and what makes a middle best."""

import itertools

import pytest

from parecon_edu.institutions.comparison.discovery import discover
from parecon_edu.institutions.market.protection import MOST, best_protection, own_rule

RULES = [step * MOST / 10 for step in range(11)]


def test_full_protection_is_patents_and_none_is_open_blueprints_without_their_laboratories():
    patents, blueprints = discover("patents"), discover("open_blueprints", public_search=0)
    for mine, theirs in ((own_rule(1), patents), (own_rule(0), blueprints)):
        assert mine.growth == pytest.approx(theirs.growth)
        assert mine.lag == pytest.approx(theirs.lag)


def test_more_protection_means_more_search_and_a_longer_lag():
    rules = [own_rule(rule) for rule in RULES]
    assert all(after.own_search > before.own_search for before, after in itertools.pairwise(rules))
    assert all(after.years_behind > before.years_behind for before, after in itertools.pairwise(rules))


def test_public_search_adds_steps_whatever_the_protection():
    for rule in RULES:
        assert own_rule(rule, public=0.1).search == pytest.approx(own_rule(rule).search + 0.1)


def test_if_patents_stop_every_next_searcher_full_protection_leaves_only_public_search():
    assert own_rule(1, blocking=1).own_search == 0
    assert own_rule(1, blocking=1, public=0.2).search == pytest.approx(0.2)


def test_half_the_yeses_is_half_the_private_search():
    assert own_rule(0.7, approval=0.5).own_search == pytest.approx(own_rule(0.7).own_search / 2)


@pytest.mark.parametrize("years", [10, 30, 60])
def test_the_more_patents_block_the_less_protection_is_best(years):
    best = [best_protection(years, blocking=blocking) for blocking in (0, 0.25, 0.5, 0.75)]
    assert best == sorted(best, reverse=True)
    assert best[-1] < best[0]


@pytest.mark.parametrize("blocking", [0.25, 0.5])
def test_the_further_one_looks_ahead_the_more_protection_is_best(blocking):
    best = [best_protection(years, public=0.1, blocking=blocking) for years in (5, 15, 30, 60)]
    assert best == sorted(best)


@pytest.mark.parametrize("years", [5, 15, 30])
def test_the_more_is_found_at_public_cost_the_less_protection_is_best(years):
    best = [best_protection(years, public=public, blocking=0.25) for public in (0, 0.1, 0.2)]
    assert best == sorted(best, reverse=True)


@pytest.mark.parametrize("blocking", [0.0, 0.5])
def test_no_protection_that_was_tried_does_better_than_the_best(blocking):
    best = best_protection(25, blocking=blocking)
    most = float(own_rule(best, blocking=blocking).average(25))
    assert all(float(own_rule(rule, blocking=blocking).average(25)) <= most + 1e-3 for rule in RULES)


@pytest.mark.parametrize(
    ("rule", "rest", "words"),
    [
        (-0.1, {}, "Protection must lie between 0 and 1.5"),
        (1.6, {}, "Protection must lie between 0 and 1.5"),
        (1, {"blocking": 1.2}, "Blocking must lie between 0 and 1"),
        (1, {"approval": -1}, "Approval must lie between 0 and 1"),
        (1, {"public": 3}, "Public search must lie between 0 and 2"),
    ],
)
def test_what_is_no_rule_is_refused_in_words(rule, rest, words):
    with pytest.raises(ValueError, match=words):
        own_rule(rule, **rest)
