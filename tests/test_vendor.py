"""What others wrote and we ship is exactly what they published: listed, licensed, unchanged."""
import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = [ROOT / "static" / "vendor", ROOT / "tests" / "vendor"]


def listed(folder: Path) -> list[dict]:
    return json.loads((folder / "VENDOR.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_vendored_file_is_listed_with_its_checksum_and_nothing_else_lies_there(folder: Path) -> None:
    expected = {name: digest for package in listed(folder) for name, digest in package["sha256"].items()}
    found = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "VENDOR.json"
    }
    assert found == expected


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_vendored_package_names_version_licence_source_and_brings_its_licence_text(folder: Path) -> None:
    for package in listed(folder):
        assert {"name", "version", "licence", "source", "sha256"} == set(package)
        assert any(name.endswith("LICENSE") for name in package["sha256"]), package["name"]


def test_the_licence_of_the_project_is_the_unchanged_agpl_3() -> None:
    text = (ROOT / "LICENSE").read_bytes()
    assert hashlib.sha256(text).hexdigest() == "8486a10c4393cee1c25392769ddd3b2d6c242d6ec7928e1414efff7dfb2f07ef"
