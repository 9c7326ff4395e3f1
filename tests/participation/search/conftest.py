"""The engines under test."""
from pathlib import Path

import pytest

from participation.search.port import SearchEngine
from participation.search.whoosh_engine import WhooshEngine


@pytest.fixture
def engine(tmp_path: Path) -> SearchEngine:
    """An empty, ready index."""
    made = WhooshEngine(tmp_path / "search")
    made.rebuild([])
    return made
