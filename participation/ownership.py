"""Which process owns a SQLite database: it alone checkpoints the write-ahead log, and it alone may serve.

A lock on a file, held as long as the process lives; the kernel lets go of it whatever ends the process.
"""

import fcntl
import os
from pathlib import Path

from participation.settings import Settings

_held: dict[Path, int] = {}


def claim(settings: Settings) -> bool:
    """Whether this process owns the database now; asking again in the same process is no second claim.

    PostgreSQL has no owner: everybody may have it.
    """
    if not settings.sqlite:
        return True
    path = settings.data / "serve.lock"
    if path in _held:
        return True
    settings.data.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return False
    _held[path] = descriptor
    return True
