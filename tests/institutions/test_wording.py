"""Every friction has words, and no slider goes where the library would refuse."""

import pytest

from parecon_edu.institutions import FRICTIONS
from parecon_edu.institutions.wording import FRICTION_WORDS, friction_slider, from_percent


def test_every_friction_has_words_and_no_words_are_without_a_friction():
    assert set(FRICTION_WORDS) == {friction.name for friction in FRICTIONS}
    for words in FRICTION_WORDS.values():
        assert len(words.label) <= 60, words
        assert len(words.short) <= 22, words


@pytest.mark.parametrize("friction", FRICTIONS, ids=lambda friction: friction.name)
def test_both_ends_of_a_slider_are_accepted_by_the_library(friction):
    slider = friction_slider(friction.name)
    for end in (slider.low, slider.high):
        assert friction.check(from_percent({friction.name: end}).get(friction.name, 0.0)) == end / 100
