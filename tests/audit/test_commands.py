"""`sanpo audit` says in one line whether the log holds, and names what does not."""

import pytest

from asgi import COMPONENTS
from participation.audit import heads
from participation.cli import run
from tests.audit.log import Log
from tests.support.databases import on_sqlite

pytestmark = on_sqlite


@pytest.fixture
def log(services, settings):
    log = Log(services.db, settings.data)
    log.signer = heads.signer(settings)
    log.grow(4)
    log.grow(3)
    return log


@pytest.fixture
def sanpo(settings, monkeypatch, capsys):
    """Run a command; its exit code, what it said, and what it complained of."""
    monkeypatch.setenv("SANPO_DATA", str(settings.data))
    monkeypatch.setenv("SANPO_DATABASE_URL", settings.database_url)

    def call(*arguments):
        code = 0
        try:
            run(COMPONENTS, [str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_a_log_that_holds(log, sanpo):
    code, out, err = sanpo("audit", "verify")
    assert (code, err) == (0, "")
    assert out.startswith("The audit log holds: 7 entries, 2 signed heads.\n")


def test_a_log_that_does_not_hold(log, sanpo):
    log.tamper("DELETE FROM event WHERE seq = 3")
    assert sanpo("audit", "verify") == (1, "", "sanpo: the audit log does not hold: entry 3 is missing\n")


def test_an_export_is_checked_without_the_database(log, sanpo, tmp_path, monkeypatch):
    assert sanpo("audit", "export", tmp_path / "log.jsonl") == (0, "", "7 entries\n")
    monkeypatch.setenv("SANPO_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nowhere")
    code, out, _ = sanpo("audit", "verify", "--export", tmp_path / "log.jsonl", "--key", log.signer.verifier)
    assert (code, out.split(":")[0]) == (0, "The audit log holds")
    (tmp_path / "log.jsonl").write_text((tmp_path / "log.jsonl").read_text().replace('"stone":2', '"stone":9'))
    code, _, err = sanpo("audit", "verify", "--export", tmp_path / "log.jsonl")
    assert code == 1
    assert "an entry from 0 to 3" in err or "an entry from 4 to 6" in err


def test_a_head_that_was_kept_must_be_continued(log, sanpo, tmp_path):
    with log.db.read() as session:
        note = heads.newest(session).note
    (tmp_path / "head.txt").write_text(note)
    assert sanpo("audit", "verify", "--head", tmp_path / "head.txt")[0] == 0
    (tmp_path / "head.txt").write_text(log.signer.sign(4, b"x" * 32, log.now))
    assert "an entry from 0 to 3" in sanpo("audit", "verify", "--head", tmp_path / "head.txt")[2]


@pytest.mark.parametrize("content", ["", "x", "city.example/log\n7\n"])
def test_a_head_or_key_that_is_none_is_refused_in_one_line(log, sanpo, tmp_path, content):
    (tmp_path / "head.txt").write_text(content)
    code, _, err = sanpo("audit", "verify", "--head", tmp_path / "head.txt")
    assert code == 1 and err.count("\n") == 1
    assert sanpo("audit", "verify", "--key", content or "+")[0] == 1


def test_bytes_that_are_no_text_are_refused_in_one_line(sanpo, tmp_path):
    (tmp_path / "log.jsonl").write_bytes(b"\xff\xfe\x00")
    code, _, err = sanpo("audit", "verify", "--export", tmp_path / "log.jsonl")
    assert code == 1 and err.count("\n") == 1


def test_a_file_that_is_missing_is_bad_usage(sanpo, tmp_path):
    assert sanpo("audit", "verify", "--export", tmp_path / "nothing")[0] == 2


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "nonsense", "http://[", ""])
def test_a_platform_that_does_not_answer_is_told_in_one_line(sanpo, tmp_path, url):
    code, _, err = sanpo("audit", "export", tmp_path / "log.jsonl", "--url", url or "http://")
    assert code == 1 and err.count("\n") == 1 and err.startswith("sanpo: the log cannot be fetched: ")


def test_a_downloaded_proof_is_checked(log, sanpo, client, tmp_path):
    proof = tmp_path / "proof.json"
    proof.write_text(client.get("/audit/entries/2/proof.json").html)
    code, out, _ = sanpo("audit", "verify", "--proof", proof, "--key", log.signer.verifier)
    assert (code, out.split(" that")[0]) == (0, "The entry stands in the log of 7 entries")
    proof.write_text(proof.read_text().replace('"stone":2', '"stone":9'))
    assert sanpo("audit", "verify", "--proof", proof, "--key", log.signer.verifier)[0] == 1
    assert sanpo("audit", "verify", "--proof", proof)[0] == 2
    proof.write_text("{")
    assert "no JSON" in sanpo("audit", "verify", "--proof", proof, "--key", log.signer.verifier)[2]
