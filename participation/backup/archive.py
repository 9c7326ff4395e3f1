"""Writing and reading the archive: `manifest.json`, `database/…`, `uploads/…`, `keys/…` in a gzipped tar.

The search index is never in it: it is made anew from the database (its format could carry code).
"""

import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from participation.backup import postgres, sqlite
from participation.services import Services

FORMAT = 1
KEYS = ("secret.key", "audit.key")
Tick = Callable[[], None]


class BackupError(Exception):
    """The backup cannot be made or used; the message says why."""


def write_backup(services: Services, target: Path, now: datetime, tick: Tick = lambda: None) -> None:
    """Write the archive beside its place and move it there when it is whole; the server may go on serving.

    Raises:
        BackupError: the file is there already.
    """
    if target.exists():
        raise BackupError(f"{target} is there already; give a new name")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # it holds keys and personal data
    try:
        with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=4) as archive:
            _fill(services, archive, now, tick)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def _fill(services: Services, archive: tarfile.TarFile, now: datetime, tick: Tick) -> None:
    engine = "sqlite" if services.db.sqlite else "postgresql"
    manifest = {"format": FORMAT, "engine": engine, "at": now.isoformat()}
    _add_bytes(archive, "manifest.json", json.dumps(manifest).encode())
    with tempfile.TemporaryDirectory(dir=services.settings.data) as folder:
        dump = sqlite.dump if services.db.sqlite else postgres.dump
        for path in dump(services.db, Path(folder)):
            archive.add(path, f"database/{path.name}")
            tick()
    for key in KEYS:
        if (path := services.settings.data / key).exists():
            archive.add(path, f"keys/{key}")
    uploads = services.settings.data / "uploads"
    for path in sorted(uploads.rglob("*")) if uploads.exists() else ():
        if path.is_file():
            archive.add(path, f"uploads/{path.relative_to(uploads).as_posix()}")
            tick()


def restore_backup(source: Path, data: Path, database_url: str, tick: Tick = lambda: None) -> None:
    """Bring an archive back into an empty data folder (and, with PostgreSQL, an empty database).

    Raises:
        BackupError: it is no backup of ours, of the other engine, or the place is not empty.
    """
    if data.exists() and any(path.name != "serve.lock" for path in data.iterdir()):
        raise BackupError(f"{data} is not empty; restore into an empty folder")
    data.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=data.parent) as folder, tarfile.open(source, "r:gz") as archive:
            archive.extractall(folder, filter="data")  # refuses what would lead outside
            _put_back(Path(folder), data, database_url, tick)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BackupError(f"{source} cannot be read as a backup: {error}") from None


def _put_back(folder: Path, data: Path, database_url: str, tick: Tick) -> None:
    manifest = _manifest(folder)
    engine = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    if manifest.get("engine") != engine:
        raise BackupError(f"this is a backup of {manifest.get('engine')}, but the database here is {engine}")
    load: Any = sqlite.load if engine == "sqlite" else postgres.load
    problem = load(database_url, folder / "database")
    if problem:
        raise BackupError(problem)
    tick()
    for key in KEYS:
        if (path := folder / "keys" / key).exists():
            path.chmod(0o600)
            os.replace(path, data / key)
    if (folder / "uploads").exists():
        os.replace(folder / "uploads", data / "uploads")
    tick()


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
    except (OSError, ValueError):
        raise BackupError("this file is no backup of Sanpo") from None
    if manifest.get("format") != FORMAT:
        raise BackupError("this backup was made by a newer version of Sanpo")
    return dict(manifest)


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))
