"""What goes over to the page."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import pytest

from parecon_edu.display import Exhibit, Plot, Table, plot


def test_a_page_loaded_anew_fetches_little_and_plotly_comes_when_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """JupyterLab fetches the state of all widgets at once and gives up those that take it about two seconds."""
    Plot.of(Exhibit(go.Figure(), "One.", Table(("what", "number"), (("a", 1),), "A")))
    loader = plot._loaders[0]
    assert len(repr(loader.get_state())) < 20_000
    sent: list[Any] = []
    monkeypatch.setattr(loader, "send", lambda content, buffers=None: sent.append(content))
    loader._handle_custom_msg({"wanted": "plotly"}, [])
    assert [len(content["plotly"]) > 1_000_000 for content in sent] == [True]
