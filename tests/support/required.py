"""What the machine may lack: reported as skipped with the way to install it, or a failure where it is required."""
import os
from ctypes.util import find_library

import pytest

PANGO = "no Pango for PDF files: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def missing(what: str, hint: str) -> None:
    """Skip the test, or fail it where SANPO_REQUIRE names `what` (.ci/run does)."""
    if what in os.environ.get("SANPO_REQUIRE", "").split(","):
        pytest.fail(f"SANPO_REQUIRE asks for {what}: {hint}", pytrace=False)
    pytest.skip(hint)


@pytest.fixture
def press() -> None:
    """For tests that print: they need Pango, which is no Python package."""
    if find_library("pangoft2-1.0") is None:
        missing("pdf", PANGO)
