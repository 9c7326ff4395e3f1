"""Printing PDF files, later and in a process of its own; nobody waits for it, neither readers nor the worker.

A component that has something to print registers `hooks={"to_print": waiting}`: `waiting(session, settings)` returns
what is to be printed next, or None. The files lie with the uploads, named by the hash of their content; the
component keeps their names, and says so in its "pictures" hook, or they are cleared away.
"""

import hashlib
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from participation.component import Job
from participation.media import uploads
from participation.paths import TEMPLATES
from participation.services import Services

log = logging.getLogger("sanpo.press")
WARM_UP = timedelta(seconds=20)  # a server that has just started has other things to do
PAUSE = timedelta(hours=1)  # after a printing that failed
LONGEST = timedelta(minutes=5)


@dataclass(frozen=True)
class PrintedFile:
    name: str  # below the folder of uploads
    size: int  # bytes


class Keep(Protocol):
    def __call__(self, session: Session, files: Mapping[str, PrintedFile], now: datetime) -> None: ...


@dataclass(frozen=True)
class Printing:
    """`pages` are whole HTML documents by a short name; `keep` is given the files by the same names."""

    key: str
    pages: Mapping[str, str]
    keep: Keep


@dataclass
class Press:
    """What is being printed now, and what is not tried again before a moment."""

    opened: datetime
    process: Any = None
    printing: Printing | None = None
    folder: Path | None = None
    since: datetime | None = None
    paused: dict[str, datetime] = field(default_factory=dict)


def run_press(services: Services, now: datetime) -> None:
    """One turn: collect what is finished, or begin the next. Only where the worker goes on to the next turn."""
    press: Press = services.extras.setdefault("press", Press(opened=now))
    if press.process is not None:
        _collect(services, press, now)
    elif services.settings.pdf and "worker" in services.extras and now - press.opened >= WARM_UP:
        if (printing := _next(services, press, now)) is not None:
            begin(press, printing, now)


def print_now(services: Services, now: datetime) -> bool:
    """Print the next thing that waits, and wait for it; returns whether there was one."""
    press = Press(opened=now)
    printing = _next(services, press, now)
    if printing is None:
        return False
    begin(press, printing, now)
    press.process.wait()
    _collect(services, press, now)
    return printing.key not in press.paused


def begin(press: Press, printing: Printing, now: datetime) -> None:
    """Start the process on pages written into a folder of their own."""
    folder = Path(tempfile.mkdtemp(prefix="sanpo-press-"))
    for name, html in printing.pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    command = [sys.executable, "-m", "participation.pdf", str(folder)]
    quiet = subprocess.DEVNULL
    press.process = subprocess.Popen(  # noqa: S603 - our own module, on a folder that we made
        command, cwd=TEMPLATES.parent, stdin=quiet, stdout=quiet, stderr=(folder / "errors").open("wb")
    )
    press.printing, press.folder, press.since = printing, folder, now


def _next(services: Services, press: Press, now: datetime) -> Printing | None:
    with services.db.read() as session:
        for hook in services.registry.hooks("to_print"):
            printing: Printing | None = hook(session, services.settings)
            if printing is not None and press.paused.get(printing.key, now) <= now:
                return printing
    return None


def _collect(services: Services, press: Press, now: datetime) -> None:
    printing, folder, since = press.printing, press.folder, press.since
    assert printing is not None and folder is not None and since is not None  # set together with the process
    if press.process.poll() is None:
        if now - since < LONGEST:
            return
        press.process.kill()
        press.process.wait()
    if press.process.returncode == 0:
        files = {name: _store(uploads(services.settings), folder / f"{name}.pdf") for name in printing.pages}
        services.db.write(lambda session: printing.keep(session, files, now))
    else:
        press.paused[printing.key] = now + PAUSE
        errors = (folder / "errors").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        log.warning("%s could not be printed: %s", printing.key, errors[-1] if errors else "it took too long")
    shutil.rmtree(folder, ignore_errors=True)
    press.process = None


def _store(folder: Path, file: Path) -> PrintedFile:
    data = file.read_bytes()
    name = f"{hashlib.sha256(data).hexdigest()}.pdf"
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{name}.part"
    draft.write_bytes(data)
    draft.replace(folder / name)
    return PrintedFile(name, len(data))


JOBS = (Job("press", run_press, every=timedelta(seconds=1)),)
