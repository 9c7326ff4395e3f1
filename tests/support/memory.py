"""Where the tests keep their files: in memory, where the machine has that much, for a third of a run was waiting for a
disk to say that it had written. Nothing is lost by it: tests kill processes, never the machine.

PYTEST_DEBUG_TEMPROOT, if set, names another folder.
"""
import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # POSIX shared memory as Linux mounts it
ENOUGH = 4 << 30  # bytes: a run of two workers fills about one


def choose_folder() -> None:
    """Tell pytest and all processes that it starts; to be called before pytest makes its first folder."""
    if "PYTEST_DEBUG_TEMPROOT" not in os.environ:
        roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY) if roomy else tempfile.gettempdir()


def chosen_folder() -> Path:
    """For what may not stand below pytest's own folder, which is closed to other users."""
    return Path(os.environ["PYTEST_DEBUG_TEMPROOT"])
