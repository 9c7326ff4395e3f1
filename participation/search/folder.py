"""Where index files live: one folder per generation of the whole index, a pointer to the one in use, one lock.

A reader in any process follows the pointer; a rebuild fills a new folder and moves the pointer in one step, so the old
index answers until the new one is whole. Whoosh reads its files with pickle: the folder is the owner's alone (0700),
never restored from a backup, always rebuilt from the database.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from participation.search.port import SearchUnavailable


class Busy(SearchUnavailable):
    """Another process or thread is writing the index."""


class IndexFolder:
    """The folder `root`, made when missing. `version` names the format: an index of another one counts as missing."""

    def __init__(self, root: Path, version: str) -> None:
        self.root = root
        self._prefix = f"{version}-"
        self._pointer = root / "current"
        self._make_root()

    def _make_root(self) -> None:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root.chmod(0o700)

    def current(self) -> Path | None:
        """Return the index in use, or None when there is none of this version."""
        try:
            name = self._pointer.read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        path = self.root / name
        return path if name.startswith(self._prefix) and path.is_dir() else None

    def begin(self) -> Path:
        """Make an empty folder for a new index; nobody reads it before `switch`. Call it under the lock."""
        path = self.root / f"{self._prefix}{secrets.token_hex(8)}"
        path.mkdir(mode=0o700)
        return path

    def switch(self, path: Path) -> None:
        """Point every reader at `path` and drop all other indexes but the last one that was set aside."""
        fresh = self._pointer.with_suffix(".new")
        with open(fresh, "w", encoding="utf-8") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._pointer)
        for other in self.root.iterdir():
            if other.is_dir() and other != path and not other.name.startswith("damaged-"):
                shutil.rmtree(other, ignore_errors=True)

    def set_aside(self, path: Path) -> None:
        """Keep a damaged index for whoever wants to look at it (the last one only) and leave none in use."""
        if self.current() != path:
            return
        self._pointer.unlink(missing_ok=True)
        for older in self.root.glob("damaged-*"):
            shutil.rmtree(older, ignore_errors=True)
        path.replace(self.root / f"damaged-{path.name}")

    @contextmanager
    def writing(self, *, wait: bool = False) -> Iterator[None]:
        """Hold the writers' lock of all processes; freed by the system when its holder dies. Raises Busy."""
        self._make_root()  # somebody may have deleted it under a running server
        descriptor = os.open(self.root / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                raise Busy from None
            yield
        finally:
            os.close(descriptor)
