"""Laws of scores and orders at the last digit, and of all weightings: what is equal on paper is equal here."""

from itertools import permutations

import numpy as np
import pytest

from parecon_edu.values import SOCIETIES, VALUES, WAYS, Indicator, Societies, first_shares, order, totals

SIX = (0.1, 0.2, 0.3, 0.4, 0.55, 0.7)


def made_of(scores):
    """Societies whose scores are these: one indicator a value, with a scale from 0 to 1."""
    indicators = tuple(Indicator(value, value, value, "", 0, 1) for value in VALUES)
    names = tuple(f"no. {i}" for i in range(len(scores)))
    return Societies(names, names, indicators, np.array(scores))


def test_equals_stand_in_their_own_order_however_the_computer_adds_up():
    # The same six scores in another order add up to the same on paper, and now and then to another last digit here.
    told_apart = 0
    for other in list(permutations(SIX))[::7]:
        for pair in (made_of([SIX, other]), made_of([other, SIX])):
            made = totals(pair, [1] * 6)
            told_apart += made[0] < made[1]
            assert order(pair, [1] * 6) == pair.names
    assert told_apart, "the case that this is about does not come up"


def test_a_figure_at_the_end_of_its_scale_scores_no_more_than_everything():
    one = Indicator("kept", "sustainability", "kept", "sacks", worst=0, best=0.3)
    assert one.score(0.1 + 0.2) == 1  # .30000000000000004 for the computer
    two = Indicator("lost", "sustainability", "lost", "sacks", worst=0.3, best=0)
    assert two.score(0.1 + 0.2) == 0


@pytest.mark.parametrize("how", WAYS)
def test_shares_of_all_weightings_are_counted_with_the_totals_that_people_see(how):
    drawn = np.random.default_rng(5).dirichlet(np.ones(6), 300)
    firsts = [int(np.argmax(totals(SOCIETIES, weights, how=how))) for weights in drawn]
    counted = np.bincount(firsts, minlength=len(SOCIETIES.names)) / 300
    # 300 draws of its own and 300 of ours: each share is off by .03 as a rule, so by .12 hardly ever.
    np.testing.assert_allclose(first_shares(SOCIETIES, how=how, draws=2000), counted, atol=0.12)
