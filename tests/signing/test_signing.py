"""Who signs, what they must have read, and what is kept of it."""
import json

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError

from consortium.membership.actions import decide
from consortium.membership.models import Stage
from participation.events import Event
from participation.organisations.models import MandateRole
from participation.policy import Refused
from participation.web import Conflict
from rules.signing.actions import find_case, set_term
from rules.signing.evidence import hash_of, is_sealed
from rules.signing.models import Signature
from rules.signing.queries import person_standing
from tests.signing.scene import SECRET, Table
from tests.support.databases import on_sqlite


def test_a_signature_keeps_what_was_signed_by_whom_and_when(table: Table) -> None:
    table.rule()
    found, who = table.member()
    code, fresh = table.sign(found, who)
    row = table.signature(code)
    told = json.loads(row.evidence)
    text_hash = table.ask(lambda s: find_case(s, who, "participation", found.slug, table.registry, table.clock())
                          .version.sha256)
    assert (fresh, row.sha256, row.signed_at, row.name, row.title) == (
        True, text_hash, table.clock(), "神戸 花子", "代表取締役")
    assert set(told) == {"evidence_id", "schema_version", "document", "signer", "party", "authority", "intent", "time",
                         "context", "method"}
    assert (told["document"]["sha256"], told["party"]["corporate_number"], told["signer"]["email"]) == (
        text_hash, found.corporate_number, who.email)
    assert list(told["intent"]["articles"]) == row.articles
    logged = json.loads(table.ask(lambda s: s.scalar(select(Event.body).where(Event.uid == row.event_uid))))
    assert (logged["sha256"], logged["evidence_sha256"]) == (text_hash, hash_of(row.evidence))
    assert is_sealed(SECRET, row.evidence, row.seal) and not is_sealed(SECRET, row.evidence + " ", row.seal)


def test_a_second_signature_of_the_same_version_is_the_same_signature(table: Table) -> None:
    table.rule()
    found, who = table.member()
    other = table.council.appoint(found, MandateRole.SIGNATORY, "Another")
    first = table.sign(found, who)
    assert [table.sign(found, who), table.sign(found, other)] == [(first[0], False)] * 2
    count = table.ask(lambda s: len(s.scalars(select(Event.id).where(Event.type == "rule.signed")).all()))
    assert count == 1


def test_only_that_organisations_signatory_signs_whatever_else_a_person_is(table: Table) -> None:
    table.rule()
    found, _ = table.member()
    _, neighbour = table.member()
    representative = table.council.appoint(found, MandateRole.REPRESENTATIVE)
    for who in (neighbour, representative, table.council.desk):
        with pytest.raises(Refused) as refused:
            table.sign(found, who)
        assert refused.value.verdict.kind == "forbidden"
    assert table.ask(lambda s: s.scalars(select(Signature.id)).all()) == []


@pytest.mark.parametrize("stage", ["applied", "refused", "left", "suspended"])
def test_the_council_says_who_may_sign_at_all(table: Table, stage: str) -> None:
    table.rule()
    found, who = table.member("applied" if stage == "applied" else "approved")
    if stage in ("suspended",):
        table.council.do(decide, table.council.desk, found.id, Stage.SUSPENDED, "no report")
        assert table.sign(found, who)[1]  # a suspended member renews like the others
        return
    if stage != "applied":
        table.council.db.write(lambda s: s.execute(text(f"UPDATE membership SET stage = '{stage}'")) and None)
    with pytest.raises(Refused) as refused:
        table.sign(found, who)
    assert refused.value.verdict.kind == "conflict"


def test_another_text_an_open_article_and_an_old_version_are_refused(table: Table) -> None:
    table.rule()
    found, who = table.member()
    with pytest.raises(Conflict):
        table.sign(found, who, sha256="0" * 64)
    with pytest.raises(Conflict):
        table.sign(found, who, read=())
    table.next_version(table.today)
    with pytest.raises(Refused):
        table.sign(found, who, number=1)


def test_of_a_new_version_only_what_changed_is_open(table: Table) -> None:
    table.rule()
    found, who = table.member()
    table.sign(found, who)
    table.next_version(table.today)
    case = table.ask(find_case, who, "participation", found.slug, table.registry, table.clock())
    assert (case.version.number, case.last_number, len(case.keys), case.pending) == (2, 1, 2, (case.keys[0],))
    code, _ = table.sign(found, who, read=case.pending)
    articles = json.loads(table.signature(code).evidence)["intent"]["articles"]
    assert [list(how) for how in articles.values()] == [["acknowledged_utc_us"], ["unchanged_since_version"]]


def test_a_persons_standing_is_the_own_organisations_signature_and_their_own_acknowledgement(table: Table) -> None:
    table.rule()
    found, who = table.member()
    colleague = table.council.appoint(found, MandateRole.REPRESENTATIVE)

    def good() -> list[bool]:
        return [table.ask(person_standing, each.id, found.id, "participation", table.clock()).good
                for each in (who, colleague)]
    assert good() == [False, False]
    table.sign(found, who)
    assert good() == [True, False]
    from rules.signing.actions import acknowledge
    table.council.do(lambda s, now: acknowledge(
        s, colleague, find_case(s, colleague, "participation", found.slug, table.registry, now),
        [table.desk.text("participation")[0][0], table.desk.text("participation")[1][0]], now=now))
    assert good() == [True, True]
    table.next_version(table.today - table.today.resolution)
    table.clock.advance(days=61)
    assert good() == [False, False]


def test_no_statement_changes_or_removes_a_signature(table: Table) -> None:
    table.rule()
    found, who = table.member()
    code, _ = table.sign(found, who)
    before = table.signature(code).__dict__ | {"_sa_instance_state": None}
    copy = {column.name: getattr(table.signature(code), column.name) for column in Signature.__table__.columns}
    attempts = [update(Signature).values(name="Somebody"), update(Signature).values(signed_at=table.clock()),
                delete(Signature), delete(Signature).where(Signature.code == code), insert(Signature).values(**copy)]
    raw = [f"UPDATE signature SET {column.name} = {column.name}" for column in Signature.__table__.columns]
    raw += ["DELETE FROM signature", "UPDATE signature SET seal = '' WHERE id = 1"]
    raw += ["REPLACE INTO signature SELECT * FROM signature"] if table.council.db.sqlite else ["TRUNCATE signature"]
    for statement in [*attempts, *map(text, raw)]:
        with pytest.raises(DatabaseError):
            table.council.db.write(lambda session, one=statement: session.execute(one) and None)
    assert table.signature(code).__dict__ | {"_sa_instance_state": None} == before


@on_sqlite
def test_a_term_is_set_before_the_day_and_stays_afterwards(table: Table) -> None:
    table.rule()
    table.next_version(table.today + 10 * table.today.resolution)
    versions = table.ask(lambda s: find_case_versions(s))
    document = versions[0]
    desk = table.council.desk
    table.council.do(set_term, desk, document, versions[2], 14)
    with pytest.raises(Refused):
        table.council.do(set_term, desk, document, versions[1], 14)
    table.clock.advance(days=11)
    with pytest.raises(Refused):
        table.council.do(set_term, desk, document, versions[2], 90)


def find_case_versions(session):
    from rules.documents.queries import document_by_slug, versions_of
    document = document_by_slug(session, "participation")
    return [document, *versions_of(session, document.id)]
