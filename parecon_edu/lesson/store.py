"""Where a learner's predictions and answers are kept: one small file for each, so that nothing can be lost together.

A file is written beside its place and moved there in one step, so a crash or a power cut at any moment leaves either
the old entry or the new one, and two notebooks that write at once can't undo each other's entries. A file that can't be
read is never deleted: it is set aside under another name, and the learner is told.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import stat
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol

LARGEST: Final = 10_000_000
"""No entry comes near this many bytes; what is larger was not written here, and need not be read to its end."""
VERSION: Final = 1
"""Raised when the form of the files changes; whoever raises it also writes how a version-1 file is read."""

Record = Mapping[str, Any]


class Store(Protocol):
    """What the rest of the package may ask of a store."""

    def read(self, kind: str, name: str) -> Record | None:
        """Give what is kept under this name, or None."""

    def write(self, kind: str, name: str, entry: Record) -> bool:
        """Keep an entry in place of the one before; False when it could only be kept until the notebook closes."""

    def write_once(self, kind: str, name: str, entry: Record) -> Record:
        """Keep an entry for good unless there is one; gives the one that stands."""

    def entries(self, kind: str) -> dict[str, Record]:
        """Give all that is kept of a kind, by name."""

    def notices(self) -> list[str]:
        """Give, once, the sentences the learner should read about what could not be kept or was set aside."""


class Memory:
    """Keeps entries until the notebook closes, for whoever has no course folder."""

    def __init__(self, notice: str = "") -> None:
        self._entries: dict[tuple[str, str], Record] = {}
        self._notices = [notice] if notice else []

    def read(self, kind: str, name: str) -> Record | None:
        """Give what is kept under this name, or None."""
        return self._entries.get(_key(kind, name))

    def write(self, kind: str, name: str, entry: Record) -> bool:
        """Keep an entry; False, since it is gone when the notebook closes."""
        self._entries[_key(kind, name)] = json.loads(_packed(kind, name, entry))["entry"]
        return False

    def write_once(self, kind: str, name: str, entry: Record) -> Record:
        """Keep an entry unless there is one; gives the one that stands."""
        if self.read(kind, name) is None:
            self.write(kind, name, entry)
        return self._entries[_key(kind, name)]

    def entries(self, kind: str) -> dict[str, Record]:
        """Give all that is kept of a kind, by name."""
        return {name: entry for (k, name), entry in sorted(self._entries.items()) if k == kind}

    def notices(self) -> list[str]:
        """Give, once, what the learner should read."""
        told, self._notices = self._notices, []
        return told


class Folder:
    """Keeps entries as files in a course folder: ``.progress/<kind>/<name>.json``.

    Parameters
    ----------
    course
        The learner's course folder; it is made when the first entry is written.
    """

    def __init__(self, course: Path) -> None:
        self.root: Final = course / ".progress"
        self.label: Final = course.name
        self._unsaved: dict[tuple[str, str], tuple[Record, bool]] = {}
        self._notices: list[str] = []
        self._unread: dict[str, list[str]] = {}
        self._swept: set[str] = set()
        self._was_there = course.is_dir()

    def read(self, kind: str, name: str) -> Record | None:
        """Give what is kept under this name, or None. A file that can't be understood is set aside."""
        if _key(kind, name) in self._unsaved:
            return self._unsaved[_key(kind, name)][0]
        try:
            return self._standing(kind, name)
        except OSError as error:
            self._unread.setdefault(_cause(error), []).append(name)
            return None

    def write(self, kind: str, name: str, entry: Record) -> bool:
        """Keep an entry in place of the one before; False when it could only be kept until the notebook closes."""
        return self._keep(kind, name, entry, once=False)

    def write_once(self, kind: str, name: str, entry: Record) -> Record:
        """Keep an entry for good unless there is one, even if two notebooks try at once; gives the one that stands."""
        standing = self.read(kind, name)
        if standing is None:
            self._keep(kind, name, entry, once=True)
            standing = self.read(kind, name)
        return entry if standing is None else standing

    def entries(self, kind: str) -> dict[str, Record]:
        """Give all that is kept of a kind, by name."""
        names = {path.stem for path in self._folder(kind).glob("*.json")}
        names |= {name for k, name in self._unsaved if k == kind}
        found = {name: self.read(kind, name) for name in sorted(names) if _NAME.fullmatch(name)}
        return {name: entry for name, entry in found.items() if entry is not None}

    def notices(self) -> list[str]:
        """Give, once, what the learner should read; what could not be written before is tried again first."""
        self._catch_up()
        told = self._notices + [_not_read(list(dict.fromkeys(names)), why) for why, names in self._unread.items()]
        self._notices, self._unread = [], {}
        return told

    def _standing(self, kind: str, name: str) -> Record | None:
        """Read the entry in its file; what can't be understood is set aside. OSError: it is there, and can't be read.

        Nothing is written over a file before this has looked at it.
        """
        path = self._path(kind, name)
        self._look_for_the_folder()
        try:
            content = _content(path)
        except FileNotFoundError:
            return None
        entry, fault = _unpacked(content, kind, name)
        if not fault:
            return entry
        self._set_aside(path, content, fault=fault)
        # Somebody may have written a sound file in the meantime.
        return self._standing(kind, name)

    def _look_for_the_folder(self) -> None:
        """Raise OSError when the course folder was moved or unplugged: a new one in its place would hide the old."""
        if self._was_there and not self.root.parent.is_dir():
            raise _TroubleError(f"the folder {self.label} is not where it was")

    def _keep(self, kind: str, name: str, entry: Record, *, once: bool) -> bool:
        packed = _packed(kind, name, entry)
        try:
            self._put(kind, name, packed, once=once)
        except OSError as error:
            self._unsaved[_key(kind, name)] = (json.loads(packed)["entry"], once)
            self._tell(
                f"Your answer could not be written to {self.label} ({_cause(error)}). It is kept until you close this "
                "notebook; mend that and answer anything else, and both are written."
            )
            return False
        self._unsaved.pop(_key(kind, name), None)
        self._catch_up()
        return True

    def _catch_up(self) -> None:
        """Write what an earlier fault left in memory."""
        for (kind, name), (entry, once) in list(self._unsaved.items()):
            try:
                self._put(kind, name, _packed(kind, name, entry), once=once)
                standing = self._standing(kind, name) if once else entry
            except OSError:
                continue
            self._unsaved.pop((kind, name), None)
            if standing != entry:
                self._tell(f"Another window had kept an answer to “{name}” meanwhile. That one stands.")

    def _put(self, kind: str, name: str, content: bytes, *, once: bool) -> None:
        """Write beside the place, to the disk, then move it there in one step."""
        path = self._path(kind, name)
        if self._standing(kind, name) is not None and once:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self._was_there = True
        self._sweep(path.parent)
        draft = path.with_name(f".{path.stem}.{os.getpid()}-{uuid.uuid4().hex}.tmp")
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if once:
                _place_once(draft, path)
            else:
                _replace(draft, path)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
        _sync_folder(path.parent)

    def _set_aside(self, path: Path, content: bytes | None, *, fault: str) -> None:
        """Move a file away under another name, unless it is another file by now; OSError when that can't be done."""
        aside = path.with_name(f"{path.stem}.set-aside-{time.strftime('%Y%m%d')}-{uuid.uuid4().hex[:6]}")
        try:
            if _content(path) != content:
                return
            path.rename(aside)
            if _content(aside) != content:
                # Between the two lines above a sound file took the place: put it back, unless there is one again.
                _place_once(aside, path)
                aside.unlink(missing_ok=True)
                return
        except FileNotFoundError:
            return
        except OSError as error:
            raise _TroubleError(f"its file {fault} and can't be moved away: {_cause(error)}") from error
        self._tell(
            f"The file of “{path.stem}” {fault}. It was not thrown away: it is now {aside.name}, in the same place."
        )

    def _sweep(self, place: Path) -> None:
        """Clear away, once, drafts that a crash left more than an hour ago."""
        if place.name in self._swept:
            return
        self._swept.add(place.name)
        for draft in place.glob(".*.tmp"):
            with contextlib.suppress(OSError):
                if time.time() - draft.stat().st_mtime > 3600:
                    draft.unlink()

    def _tell(self, notice: str) -> None:
        if notice not in self._notices:
            self._notices.append(notice)

    def _folder(self, kind: str) -> Path:
        return self.root / kind

    def _path(self, kind: str, name: str) -> Path:
        _key(kind, name)
        return self._folder(kind) / f"{name}.json"


class _TroubleError(OSError):
    """A fault that has its own words."""


_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}")


def _key(kind: str, name: str) -> tuple[str, str]:
    for word in (kind, name):
        if not isinstance(word, str) or not _NAME.fullmatch(word):
            raise ValueError(
                f"{word!r} can't be the name of an entry. Use letters, digits, dots and dashes, as in '04.split'."
            )
    return kind, name


def _packed(kind: str, name: str, entry: Record) -> bytes:
    whole = {"version": VERSION, "kind": kind, "name": name, "entry": dict(entry)}
    try:
        return (json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
    except UnicodeEncodeError:
        # Half of a letter, as a page that cuts an emoji in two may send: only JSON's own spelling can hold it.
        return (json.dumps(whole, indent=1, allow_nan=False) + "\n").encode()


def _content(path: Path) -> bytes | None:
    """Read a file as far as an entry can reach; None when it is no file: a folder, or a link that leads nowhere."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError:
        if path.is_symlink():
            return None
        raise


def _unpacked(content: bytes | None, kind: str, name: str) -> tuple[Record | None, str]:
    """Give the entry, or what is wrong with the file, after "The file of … "."""
    if content is None:
        return None, "is no file (a folder, or a link that leads nowhere)"
    if len(content) > LARGEST:
        return None, "is far too large"
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        return None, "is damaged"
    if not isinstance(whole, dict) or not isinstance(whole.get("version"), int):
        return None, "is damaged"
    if whole["version"] > VERSION:
        return None, "was made by a newer version of this course"
    if whole["version"] < VERSION:
        return None, "was made by an older version of this course"
    if not isinstance(whole.get("entry"), dict) or (whole.get("kind"), whole.get("name")) != (kind, name):
        return None, "is damaged"
    return whole["entry"], ""


def _replace(draft: Path, path: Path) -> None:
    """Move a file over another; Windows refuses while somebody else has it open, so try for a moment."""
    for pause in (0.01, 0.05, 0.2, 0.5):
        try:
            os.replace(draft, path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    os.replace(draft, path)


def _place_once(draft: Path, path: Path) -> None:
    """Give the file its name only if nobody has it yet; a hard link does that in one step."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise
        # Some disks (FAT, some network folders) know no hard links.
        if not path.exists():
            _replace(draft, path)


def _sync_folder(place: Path) -> None:
    """Make the new name last through a power cut; Windows can't and needn't."""
    with contextlib.suppress(OSError):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_read(names: list[str], cause: str) -> str:
    """Say in one sentence what could not be read: when a whole folder is gone, that is every entry of the course."""
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    it = "they look as if they were" if more else "it looks as if it were"
    return f"“{names[0]}”{more} could not be read ({cause}), so {it} not answered."


def _cause(error: OSError) -> str:
    if isinstance(error, _TroubleError):
        return str(error)
    causes = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your share of the disk is full",
        errno.EROFS: "the disk can only be read",
        errno.EACCES: "the permissions there do not allow it",
        errno.EPERM: "the permissions there do not allow it",
        errno.ENOTDIR: "a file is where a folder should be",
        errno.EEXIST: "a file is where a folder should be",
    }
    return causes.get(error.errno or 0, (error.strerror or "the disk did not answer").lower())
