"""What the machine may lack: reported as skipped with the way to install it, or a failure where it is required."""
import os

import pytest


def missing(what: str, hint: str) -> None:
    """Skip the test, or fail it where SANPO_REQUIRE names `what` (.ci/run does)."""
    if what in os.environ.get("SANPO_REQUIRE", "").split(","):
        pytest.fail(f"SANPO_REQUIRE asks for {what}: {hint}", pytrace=False)
    pytest.skip(hint)
