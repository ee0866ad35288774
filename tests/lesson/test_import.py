"""Importing the package is light: widgets are loaded when one is drawn."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import parecon_edu.lesson as lesson

HEAVY = ("ipywidgets", "anywidget", "plotly", "scipy", "numpy", "IPython")


def loaded_after(code: str) -> list[str]:
    script = f"{code}\nimport sys\nprint([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    found: list[str] = eval(done.stdout)  # our own output, a list of names
    return found


def test_the_import_loads_nothing_heavy():
    assert loaded_after("import parecon_edu.lesson") == []


def test_what_shows_no_widget_loads_none():
    code = "from parecon_edu.lesson import begin, check, claim, contents, glossary, navigation, progress, reveal"
    assert not {"ipywidgets", "anywidget", "plotly", "IPython"} & set(loaded_after(code))


@pytest.mark.parametrize("name", lesson.__all__)
def test_every_public_name_is_there_and_no_module_hides_it(name):
    for module in set(lesson._HOME.values()):
        importlib.import_module(f"parecon_edu.lesson.{module}")
    assert callable(getattr(lesson, name))


def test_an_unknown_name_is_refused_with_those_there_are():
    with pytest.raises(AttributeError, match=r"It has .*predict"):
        _ = lesson.predikt
    assert set(lesson.__all__) <= set(dir(lesson))
