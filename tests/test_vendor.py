"""What others wrote and we ship is exactly what they published: listed, licensed, unchanged."""
import hashlib
import json

from tests.support.source import ROOT

VENDOR = ROOT / "static" / "vendor"
PACKAGES = json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))


def test_every_vendored_file_is_listed_with_its_checksum_and_nothing_else_lies_there() -> None:
    expected = {name: digest for package in PACKAGES for name, digest in package["sha256"].items()}
    found = {path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
             for path in VENDOR.rglob("*") if path.is_file() and path.name != "VENDOR.json"}
    assert found == expected


def test_every_vendored_package_names_version_licence_source_and_brings_its_licence_text() -> None:
    for package in PACKAGES:
        assert set(package) == {"name", "version", "licence", "source", "sha256"}
        assert any(name.endswith("LICENSE") for name in package["sha256"]), package["name"]


def test_the_licence_of_the_project_is_the_unchanged_agpl_3() -> None:
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()
    assert digest == "8486a10c4393cee1c25392769ddd3b2d6c242d6ec7928e1414efff7dfb2f07ef"
