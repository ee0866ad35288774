"""What all tests share: helpers that can be imported, and a learner's folder that is nobody's.

`start.py test` collects the package, the tests and the notebooks in one run. Nothing of it may read or write the
`my_course` of whoever runs it, and no notebook may see what another one left: each gets a new, empty folder.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import settings

# A law is no less true on a busy computer: examples have no deadline of their own.
settings.register_profile("laws", deadline=None)
settings.load_profile("laws")

# Notebooks opened in a browser are one long file of tests; dealt out in so many parts, all workers have a share.
BROWSER_PARTS = 4

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "lessons"), str(HERE / "browser")]


def pytest_configure(config: pytest.Config) -> None:
    """Give this process, and the kernels it starts, folders of their own."""
    config.pluginmanager.register(Folders(), "parecon-folders")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Deal out whole files to the workers, and the longest one in parts."""
    from xdist.scheduler import LoadFileScheduling

    class Dealing(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file, _, test = nodeid.partition("::")
            if not file.endswith("browser/test_lessons.py"):
                return file
            notebook = re.search(r"\w+\.ipynb", test)
            return f"{file}, part {crc32(notebook.group().encode()) % BROWSER_PARTS if notebook else 0}"

    return Dealing(config, log)


class Folders:
    """Points PARECON_COURSE at an empty folder, anew for each notebook (a plugin, so that it sees `lessons/` too)."""

    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="parecon_tests_"))
        self._before = {name: os.environ.get(name) for name in ("PARECON_COURSE", "IPYTHONDIR")}
        self._notebook: Path | None = None
        self._count = 0
        os.environ["IPYTHONDIR"] = str(self._home / "ipython")
        self._renew()

    def _renew(self) -> None:
        self._count += 1
        course = self._home / f"my_course_{self._count}"
        course.mkdir()
        (course / ".parecon_course").touch()
        os.environ["PARECON_COURSE"] = str(course)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Runs before nbval starts the notebook's kernel, which takes the folder from the environment."""
        if item.path.suffix == ".ipynb" and item.path != self._notebook:
            self._notebook = item.path
            self._renew()

    def pytest_unconfigure(self) -> None:
        """Leave nothing behind."""
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        shutil.rmtree(self._home, ignore_errors=True)
