"""Programs read the log, and whatever they get verifies."""

from base64 import b64decode

import httpx
import pytest

from participation.audit import checkpoint, heads, proofs
from participation.audit.export import verify_export
from participation.audit.remote import Remote
from participation.events import canonical, leaf_hash
from tests.audit.log import Log
from tests.support.databases import on_sqlite

pytestmark = on_sqlite


@pytest.fixture
def log(services, settings):
    log = Log(services.db, settings.data)
    log.signer = heads.signer(settings)
    log.grow(5, private={"why": "a neighbour asked"})
    log.grow(2)
    return log


def test_the_head_is_signed(log, client):
    head = client.api("GET", "/audit/head").json()
    stated = checkpoint.verify(head["checkpoint"], [checkpoint.VerifierKey.parse(head["key"])])
    assert (head["size"], b64decode(head["root"]), head["at"]) == (7, stated.root, stated.at.isoformat())
    assert head["signature"] == checkpoint.signature_of(head["checkpoint"])
    assert client.get("/log/checkpoint").html == head["checkpoint"]


def test_an_entry_shows_its_whole_leaf_and_nothing_private(log, client):
    answer = client.api("GET", "/audit/entries?from=3&per_page=2").json()
    assert [item["seq"] for item in answer["items"]] == [3, 4]
    assert (answer["total"], answer["next"]) == (7, "https://sanpo.test/api/v1/audit/entries?from=5&per_page=2")
    for item in answer["items"]:
        assert leaf_hash(canonical(item["entry"]).encode()) == b64decode(item["hash"])
    assert "neighbour" not in str(answer)
    assert client.api("GET", "/audit/entries?from=5").json()["next"] is None


@pytest.mark.parametrize(("entry", "size"), [(0, 1), (0, 7), (3, 5), (6, 7)])
def test_a_proof_verifies(log, client, entry, size):
    proof = client.api("GET", f"/audit/proof?entry={entry}&size={size}").json()
    path = [b64decode(step) for step in proof["path"]]
    assert (proof["entry"], proof["size"]) == (entry, size)
    assert proofs.verify_inclusion(b64decode(proof["hash"]), entry, size, path, b64decode(proof["root"]))


def test_an_entry_is_found_by_the_uid_of_its_event(log, client):
    uid = client.api("GET", "/audit/entries?from=4&per_page=1").json()["items"][0]["entry"]["uid"]
    assert client.api("GET", f"/audit/proof?entry={uid}").json()["entry"] == 4


@pytest.mark.parametrize(("old", "new"), [(0, 7), (3, 5), (5, 7), (7, 7)])
def test_consistency_verifies(log, client, old, new):
    proof = client.api("GET", f"/audit/consistency?from={old}&to={new}").json()
    path = [b64decode(step) for step in proof["path"]]
    assert proofs.verify_consistency(old, new, b64decode(proof["from_root"]), b64decode(proof["to_root"]), path)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("proof", "entry"),
        ("proof?entry=7", "entry"),
        ("proof?entry=-1", "entry"),
        ("proof?entry=x", "entry"),
        ("proof?entry=" + "0" * 32, "entry"),
        ("proof?entry=1&size=0", "size"),
        ("proof?entry=1&size=8", "size"),
        ("proof?entry=5&size=5", "entry"),
        ("proof?entry=%EF%BC%91", "entry"),
        ("proof?entry=" + "9" * 400, "entry"),
        ("consistency", "from"),
        ("consistency?from=6&to=5", "from"),
        ("consistency?from=1&to=99", "to"),
        ("entries?from=abc", "from"),
        ("entries?from=99", "from"),
        ("entries?per_page=0", "per_page"),
        ("entries?per_page=101", "per_page"),
    ],
)
def test_bad_input_is_told_by_its_field(log, client, query, field):
    answer = client.api("GET", f"/audit/{query}")
    assert answer.status == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("path", ["head", "proof?entry=0", "entries?from=1"])
def test_an_empty_log_answers_with_a_problem(client, path):
    assert client.api("GET", f"/audit/{path}").status in (404, 422)


def test_an_empty_log_lists_nothing_and_is_consistent_with_itself(client):
    assert client.api("GET", "/audit/entries").json() == {"items": [], "total": 0, "next": None}
    assert client.api("GET", "/audit/consistency?from=0").json()["path"] == []


class Bridge:
    """httpx's transport onto the application under test."""

    def __init__(self, client):
        self.client = client

    def handle_request(self, request):
        page = self.client.get(request.url.raw_path.decode())
        return httpx.Response(page.status, content=page.html.encode())


def test_the_whole_log_is_fetched_from_a_running_platform_and_verified(log, client, tmp_path):
    with (tmp_path / "log.jsonl").open("w") as file:
        Remote("https://sanpo.test", transport=Bridge(client)).write(file)
    with (tmp_path / "log.jsonl").open() as file:
        assert verify_export(file, [log.signer.verifier], []).size == 7
