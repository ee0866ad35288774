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
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol

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
        self._swept: set[str] = set()

    def read(self, kind: str, name: str) -> Record | None:
        """Give what is kept under this name, or None. A file that can't be understood is set aside."""
        if _key(kind, name) in self._unsaved:
            return self._unsaved[_key(kind, name)][0]
        path = self._path(kind, name)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._tell(f"“{name}” could not be read ({_cause(error)}), so it looks as if it were not answered.")
            return None
        entry, fault = _unpacked(content, kind, name)
        if fault:
            self._set_aside(path, content, fault=fault)
            # Somebody may have written a sound file in the meantime.
            return self.read(kind, name) if path.exists() else None
        return entry

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
        """Give, once, what the learner should read."""
        told, self._notices = self._notices, []
        return told

    def _keep(self, kind: str, name: str, entry: Record, *, once: bool) -> bool:
        packed = _packed(kind, name, entry)
        try:
            self._put(self._path(kind, name), packed, once=once)
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
                self._put(self._path(kind, name), _packed(kind, name, entry), once=once)
            except OSError:
                return
            del self._unsaved[(kind, name)]

    def _put(self, path: Path, content: bytes, *, once: bool) -> None:
        """Write beside the place, to the disk, then move it there in one step."""
        path.parent.mkdir(parents=True, exist_ok=True)
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

    def _set_aside(self, path: Path, content: bytes, *, fault: str) -> None:
        aside = path.with_name(f"{path.stem}.set-aside-{time.strftime('%Y%m%d')}-{uuid.uuid4().hex[:6]}")
        try:
            if path.read_bytes() != content:
                return
            path.rename(aside)
            if aside.read_bytes() != content:
                # Between the two lines above a sound file took the place: put it back, unless there is one again.
                _place_once(aside, path)
                aside.unlink(missing_ok=True)
                return
        except FileNotFoundError:
            return
        except OSError as error:
            self._tell(f"The file of “{path.stem}” {fault}, and could not be set aside ({_cause(error)}).")
            raise ValueError(
                f"The file of “{path.stem}” in {self.label}/.progress {fault} and can't be moved away. Do it by hand."
            ) from error
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
    return (json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _unpacked(content: bytes, kind: str, name: str) -> tuple[Record | None, str]:
    """Give the entry, or what is wrong with the file, after "The file of … "."""
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


def _cause(error: OSError) -> str:
    causes = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your share of the disk is full",
        errno.EROFS: "the disk can only be read",
        errno.EACCES: "you may not write there",
        errno.EPERM: "you may not write there",
        errno.ENOTDIR: "a file is where a folder should be",
        errno.EEXIST: "a file is where a folder should be",
    }
    return causes.get(error.errno or 0, (error.strerror or "the disk did not answer").lower())
