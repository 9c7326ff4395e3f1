"""A signed head is readable by everybody, and nobody but the key makes one."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from participation.audit import checkpoint
from participation.audit.checkpoint import BadCheckpoint, Head, VerifierKey

AT = datetime(2026, 11, 21, 8, 30, 0, 250, tzinfo=UTC)
ROOT = bytes(range(32))


@pytest.fixture
def signer(tmp_path):
    return checkpoint.signer_of(tmp_path / "audit.key", "city.example/log")


def test_the_text_is_a_checkpoint_with_the_time_as_its_extension_line(signer):
    note = signer.sign(7, ROOT, AT)
    assert note.split("\n")[:5] == [
        "city.example/log",
        "7",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "at 2026-11-21T08:30:00.000250Z",
        "",
    ]
    assert note.split("\n")[5].startswith("\N{EM DASH} city.example/log ")
    assert note.endswith("\n")


def test_what_was_signed_is_read_back(signer):
    note = signer.sign(7, ROOT, AT)
    assert checkpoint.verify(note, [signer.verifier]) == Head("city.example/log", 7, ROOT, AT)


def test_the_verifier_key_survives_its_text(signer):
    assert VerifierKey.parse(str(signer.verifier)) == signer.verifier


def test_the_published_example_of_a_signed_note_is_understood():
    key = VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    assert key.name == "PeterNeumann"


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.replace("\n7\n", "\n8\n"),
        lambda note: note.replace("AAEC", "AAED", 1),
        lambda note: note.replace("08:30", "08:31"),
        lambda note: note.replace("city.example", "town.example"),
        lambda note: note[:-6] + "AAAA=\n",
    ],
)
def test_a_changed_head_is_refused(signer, change):
    with pytest.raises(BadCheckpoint):
        checkpoint.verify(change(signer.sign(7, ROOT, AT)), [signer.verifier])


def test_a_head_of_another_key_is_refused(signer, tmp_path):
    stranger = checkpoint.signer_of(tmp_path / "other.key", signer.name)
    with pytest.raises(BadCheckpoint, match="size 7"):
        checkpoint.verify(stranger.sign(7, ROOT, AT), [signer.verifier])


def test_a_head_from_before_the_site_moved_is_accepted(signer, tmp_path):
    moved = checkpoint.signer_of(tmp_path / "audit.key", "new.example/log")
    assert checkpoint.verify(signer.sign(7, ROOT, AT), [moved.verifier]).origin == "city.example/log"


def test_the_signature_of_a_witness_below_ours_does_no_harm(signer, tmp_path):
    witness = checkpoint.signer_of(tmp_path / "witness.key", "witness.example")
    ours = signer.sign(7, ROOT, AT)
    note = ours + witness.sign(7, ROOT, AT).splitlines()[-1] + "\n"
    assert checkpoint.verify(note, [signer.verifier]).size == 7
    assert checkpoint.signature_of(note) == checkpoint.signature_of(ours)


@pytest.mark.parametrize("text", ["", "\n", "a\nb\n", "city.example/log\n7\nAAEC\n\n\N{EM DASH} x y\n", "a\n\nb\n"])
def test_any_other_text_is_no_head(text):
    with pytest.raises(BadCheckpoint):
        checkpoint.read_head(text)


@pytest.mark.parametrize("text", ["", "name", "name+00000000+AAAA", "name+zz+%%%"])
def test_any_other_text_is_no_key(text):
    with pytest.raises(BadCheckpoint):
        VerifierKey.parse(text)


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "data" / "audit.key"
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: str(checkpoint.signer_of(path, "x").verifier), range(16)))
    assert len(set(made)) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["audit.key"]
