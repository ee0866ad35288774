"""What a learner has written down: for each institution, what one would have to believe for it to come out on top."""

from collections.abc import Sequence

from parecon_edu.display.words import join
from parecon_edu.economy.scenarios import INSTITUTIONS
from parecon_edu.institutions.wording import INSTITUTION_WORDS
from parecon_edu.lesson import learner

_KIND = "belief"


def keep_belief(goal: str, *, words: str, moved: Sequence[str], hard: bool = False) -> None:
    """Keep a learner's words in the course folder, in place of those written for the same institution before.

    Parameters
    ----------
    goal
        Who is on top.
    words
        What one would have to believe, in the learner's words.
    moved
        The sliders that were moved, in words.
    hard
        Whether hidden capacity had to stay where it was.
    """
    if goal not in INSTITUTIONS:
        raise ValueError(f"goal must be one of {', '.join(INSTITUTIONS)}, not {goal!r}. Put one of these.")
    learner.store().write(_KIND, f"10.{goal}", {"words": words, "moved": list(moved), "hard": hard})


def kept_beliefs() -> list[str]:
    """Return what was written down, a line an institution, in the order of the levels."""
    store, lines = learner.store(), []
    for goal in INSTITUTIONS:
        entry = store.read(_KIND, f"10.{goal}")
        if entry is None or not isinstance(entry.get("words"), str):
            continue
        listed = entry.get("moved")
        moved = [str(one) for one in listed] if isinstance(listed, list) else []
        how = f" ({join(moved)})" if moved else ""
        harder = ", in the harder game" if entry.get("hard") else ""
        lines.append(f"{INSTITUTION_WORDS[goal]} on top{harder}: “{entry['words']}”{how}")
    return lines
