"""Laws of dividing a harvest."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.values import FIELD, HARVEST_RULES, Harvest, divide, nearest_rule

numbers = st.tuples(*[st.integers(0, 50)] * 3).filter(any)


@given(numbers, numbers, numbers, st.floats(1, 1000))
@settings(max_examples=50, deadline=None)
def test_all_is_divided_in_proportion_and_those_who_are_alike_get_alike(days, mouths, put_in, sacks):
    harvest = Harvest(("A", "B", "C"), days, mouths, put_in, sacks)
    for rule, by in zip(HARVEST_RULES, (days, mouths, put_in), strict=True):
        split = divide(harvest, rule)
        assert split.sum() == pytest.approx(sacks)
        np.testing.assert_allclose(split * sum(by), sacks * np.array(by))
        assert nearest_rule(harvest, split) == rule or any(
            np.allclose(divide(harvest, other), split) for other in HARVEST_RULES if other != rule
        )


def test_the_rye_of_the_lesson():
    # 60 days: 2 sacks a day; 10 mouths: 12 sacks each; 600 put in: a sack for every 5.
    np.testing.assert_allclose(divide(FIELD, "days"), [60, 40, 20, 0])
    np.testing.assert_allclose(divide(FIELD, "mouths"), [12, 24, 36, 48])
    np.testing.assert_allclose(divide(FIELD, "put in"), [10, 50, 0, 60])


def test_bad_harvests_are_refused():
    with pytest.raises(ValueError, match="no rule 'luck'"):
        divide(FIELD, "luck")
    with pytest.raises(ValueError, match="Nobody has any put in"):
        divide(Harvest(("A",), (1,), (1,), (0,), 5), "put in")
    with pytest.raises(ValueError, match="days can't be -1 for A"):
        Harvest(("A",), (-1,), (1,), (0,), 5)
    with pytest.raises(ValueError, match="mouths has 2 numbers for 1"):
        Harvest(("A",), (1,), (1, 2), (0,), 5)
    with pytest.raises(ValueError, match="There can't be 0 sacks"):
        Harvest(("A",), (1,), (1,), (0,), 0)
    with pytest.raises(ValueError, match="different names"):
        Harvest(("A", "A"), (1, 1), (1, 1), (0, 1), 1)
    with pytest.raises(ValueError, match="one number each for Amara"):
        nearest_rule(FIELD, [1, 2])
