"""A real JupyterLab and Chromium for the tests in this folder; without Chromium they are left out, and say so.

PARECON_BROWSER=required (or CI=true) makes them fail instead of being left out.
PARECON_SCREENSHOTS=FOLDER keeps pictures of every lesson at both widths, for people to look at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import lab
import pytest
from playwright.sync_api import Browser

HERE = Path(__file__).resolve().parent
# The core path of every lesson is opened in every run; of side rooms and exercises one each, in the long run all.
LATER = re.compile(r"\[(lessons/\d\d[b-z]_|exercises/)")
ALWAYS = ("lessons/04b_", "exercises/04_")
REQUIRED = os.environ.get("PARECON_BROWSER") == "required" or os.environ.get("CI") == "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and leave them out where there is no browser for them."""
    without = pytest.mark.skipif(
        lab.chromium() is None and not REQUIRED,
        reason="There is no Chromium on this machine. On Debian or Ubuntu: apt-get install chromium fonts-dejavu",
    )
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.browser)
            item.add_marker(without)
            if LATER.search(item.name) and not any(name in item.name for name in ALWAYS):
                item.add_marker(pytest.mark.sweep)


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's folder as `start.py` makes it, with copies of all lessons and exercises."""
    return lab.make_course(tmp_path_factory.mktemp("learner") / "my_course")


@pytest.fixture(scope="session")
def server(course: Path) -> Iterator[lab.Lab]:
    """One JupyterLab for all tests of a worker."""
    with lab.jupyterlab(course) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests of a worker; each page gets a profile of its own."""
    with lab.browser() as running:
        yield running
