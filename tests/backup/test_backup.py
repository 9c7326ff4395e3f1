"""A backup brings everything back: rows, uploads, keys, and an audit log that verifies."""

import tarfile
from pathlib import Path

import pytest
from participation.audit.verification import verify_database
from sqlalchemy import select

from asgi import COMPONENTS
from participation.app import make_services
from participation.audit import heads
from participation.backup.archive import BackupError, restore_backup, write_backup
from participation.db import Base
from participation.settings import from_environment
from proposals.supporting.actions import support
from tests.proposals.scene import doors, scene  # noqa: F401 - fixtures


@pytest.fixture
def filled(services, scene, person, deliver):  # noqa: F811
    """A platform with content of most kinds, and an upload."""
    proposal = scene.proposal(person("Author"))
    for number in range(5):
        scene.do(support, person(f"Citizen {number}"), proposal)
    deliver()
    uploads = services.settings.data / "uploads" / "ab"
    uploads.mkdir(parents=True)
    (uploads / "picture.webp").write_bytes(b"picture")
    return services


def rows(services) -> dict[str, list[tuple]]:
    with services.db.read() as session:
        return {
            table.name: sorted((tuple(map(str, row)) for row in session.execute(select(table))))
            for table in Base.metadata.sorted_tables
        }


def test_what_is_restored_is_what_was_there(filled, tmp_path, now, postgres):
    archive, data = tmp_path / "backup.tar.gz", tmp_path / "elsewhere"
    write_backup(filled, archive, now)
    environment = {"SANPO_DATA": str(data), "SANPO_SECRET_KEY": "x" * 64}
    if not filled.db.sqlite:
        environment["SANPO_DATABASE_URL"] = postgres.create()
    settings = from_environment(environment)
    restore_backup(archive, settings.data, settings.database_url)
    again = make_services(settings, COMPONENTS)
    try:
        assert rows(again) == rows(filled)
        assert (data / "uploads" / "ab" / "picture.webp").read_bytes() == b"picture"
        assert (data / "audit.key").read_bytes() == (filled.settings.data / "audit.key").read_bytes()
        with again.db.read() as session:
            verify_database(session, [heads.signer(settings).verifier])  # raises at the first entry that fails
    finally:
        again.db.close()


def test_a_backup_is_readable_by_its_owner_only_and_never_holds_the_index(filled, tmp_path, now):
    archive = tmp_path / "backup.tar.gz"
    write_backup(filled, archive, now)
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as tar:
        assert not [name for name in tar.getnames() if "search" in name.split("/")[0]]


def test_a_full_folder_is_not_overwritten(filled, tmp_path, now):
    archive = tmp_path / "backup.tar.gz"
    write_backup(filled, archive, now)
    with pytest.raises(BackupError, match="not empty"):
        restore_backup(archive, filled.settings.data, filled.settings.database_url)
    with pytest.raises(BackupError, match="there already"):
        write_backup(filled, archive, now)


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b broken"])
def test_what_is_no_backup_is_refused_in_one_line(tmp_path, content):
    path: Path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(BackupError):
        restore_backup(path, tmp_path / "data", f"sqlite:///{tmp_path}/data/x.sqlite3")
