"""The front door of a topic's panels: one function `panel(view)` for several views."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from parecon_edu.display.words import join

Maker = TypeVar("Maker", bound=Callable[..., object])


def view_of(views: Mapping[str, Maker], name: object) -> Maker:
    """Return what makes the view called `name`.

    Parameters
    ----------
    views : mapping
        What makes each view, by name.
    name : str
        The view somebody asked for.

    Raises
    ------
    ValueError
        If there is no such view; the message lists those there are.

    Examples
    --------
    >>> view_of({"pay": dict, "hours": list}, "wages")
    Traceback (most recent call last):
        ...
    ValueError: There is no panel 'wages' in this topic. Choose 'pay' and 'hours'.
    """
    if not isinstance(name, str) or name not in views:
        raise ValueError(f"There is no panel {name!r} in this topic. Choose {join(repr(one) for one in views)}.")
    return views[name]
