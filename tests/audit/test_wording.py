"""Everything that is recorded says in plain words what happened, and nothing recorded gives a person away."""

from asgi import COMPONENTS
from participation.accounts.events import AccountVerified
from participation.events import Fact, mark_of, record
from participation.web.i18n import translations
from tests.support.databases import on_sqlite
from tests.support.source import PACKAGES


def audited(base=Fact):
    for fact in base.__subclasses__():
        yield from audited(fact)
        if getattr(fact, "TYPE", None) and fact.AUDITED and fact.__module__.split(".")[0] in PACKAGES:
            yield fact


def test_every_audited_fact_is_named_in_a_manifest():
    declared = {fact for component in COMPONENTS for fact in component.events}
    assert [fact.TYPE for fact in audited() if fact not in declared] == []


def test_every_audited_fact_is_said_in_plain_words_in_both_languages():
    assert [fact.TYPE for fact in audited() if not fact.SAYS] == []
    japanese = translations("ja")
    assert [fact.TYPE for fact in audited() if japanese.gettext(fact.SAYS) == fact.SAYS] == []


@on_sqlite
def test_an_entry_about_a_person_holds_their_mark_in_this_entry_only(db, person, clock, deliver, client):
    hanako, secretary = person("Hanako"), person("Sato")

    def work(session):
        fact = AccountVerified(account_ref=hanako.ref, kind="resident", method="desk")
        return record(session, fact, actor=secretary, now=clock())

    first, second = db.write(work), db.write(work)
    deliver()
    entries = {item["entry"]["uid"]: item["entry"] for item in client.api("GET", "/audit/entries").json()["items"]}
    assert entries[first]["body"]["account_ref"] == mark_of(hanako.ref, first)
    assert entries[first]["actor"] == mark_of(secretary.ref, first)
    assert entries[first]["body"]["account_ref"] != entries[second]["body"]["account_ref"]
    assert hanako.ref not in str(entries)
