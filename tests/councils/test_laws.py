"""Laws of chambers at the edge: half is no majority, wherever it is counted."""

import pytest

from parecon_edu.councils import Chamber, settle


@pytest.mark.parametrize("share", [0.5, 0.3])
def test_a_chamber_that_decides_alone_needs_more_than_half(share):
    women = Chamber("women", reserved=("clinic",))
    ruling = settle("clinic", 1.0, [women], support={"women": share})
    assert not ruling.passes
    assert ruling.decided_by == "women"
    assert settle("clinic", 0.0, [women], support={"women": 0.51}).passes


def test_an_assembly_with_seats_of_a_chamber_ties_at_exactly_half():
    # .4 of the seats all against, .6 with five sixths for it: .5, which is no majority.
    valley = Chamber("valley", seats=0.4)
    assert not settle("dam", 5 / 6, [valley], support={"valley": 0}).passes
    assert settle("dam", 5 / 6 + 1e-6, [valley], support={"valley": 0}).passes
