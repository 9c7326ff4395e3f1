"""Who acts for an organisation: asked by mail, agreed with the address that was written to, ended on record."""
import re

import pytest
from sqlalchemy import select

from participation.accounts.models import RoleGrant
from participation.mail.models import Mail
from participation.organisations.actions import LIFE, end_mandate
from participation.organisations.models import Mandate, MandateRole
from participation.organisations.policy import acts_for, may_sign_for
from participation.organisations.queries import people_of
from participation.policy import Refused
from tests.membership.scene import Council
from tests.proposals.doors import Doors
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite
from tests.support.page import Page


def invited(council: Council, client: Client, path: str, email: str, role: str = "signatory") -> str:
    """Send the invitation from the page; returns the path of the mailed link."""
    page = client.open(f"{path}/people")
    client.submit(page, {"email": email, "role": role}, button="招待を送る")
    newest = select(Mail).where(Mail.recipient == email).order_by(Mail.id.desc())
    mail = council.ask(lambda s: s.scalars(newest).first())
    return re.search(r"/mandates/[^\s]+", mail.text)[0]


def leads_to(page: Page, link: str) -> bool:
    """Whether the page offers to accept."""
    return any(form.action == link for form in page.forms)


@on_sqlite
def test_the_invited_agree_by_the_mailed_link_and_may_sign_from_then_on(
        council: Council, client: Client, person: People) -> None:
    founder, taro = person(), person("Taro", email="taro@example.test", locale="en")
    found = council.organisation(founder)
    link = invited(council, client.sign_in(founder), found.path, "taro@example.test")
    assert "参加" not in council.ask(lambda s: s.scalars(select(Mail.text)).all())[-1]  # in the language of the invited
    anybody = client.another().open(link)
    assert f"/sign-in?next={link}" in [target for _, target in anybody.links] and not leads_to(anybody, link)
    wrong = client.another().sign_in(person()).open(link)
    assert not leads_to(wrong, link)
    browser = client.another().sign_in(taro)
    browser.submit(browser.open(link), form=link)
    assert may_sign_for(council.again(taro), found.id)
    assert browser.get(link).status == 409
    assert [(each.name, each.role) for each in council.ask(people_of, found.id)] == [
        (founder.name, "representative"), ("Taro", "signatory")]


@on_sqlite
def test_links_end_by_time_by_a_newer_one_and_by_being_taken_back(
        council: Council, client: Client, person: People) -> None:
    founder, taro = person(), person(email="taro@example.test")
    found = council.organisation(founder)
    client.sign_in(founder)
    first, second = (invited(council, client, found.path, "taro@example.test") for _ in range(2))
    browser = client.another().sign_in(taro)
    assert [browser.get(link).status for link in (first, second, second[:-1] + "0")] == [409, 200, 409]
    page = client.open(f"{found.path}/people")
    client.submit(page, button="取り消す")
    third = invited(council, client, found.path, "taro@example.test")
    assert browser.get(second).status == 409
    council.clock.advance(seconds=LIFE.total_seconds() + 1)
    assert browser.sign_in(taro).get(third).status == 409


def test_an_ended_mandate_ends_the_right_and_stays_on_record(council: Council) -> None:
    found = council.organisation()
    taro = council.appoint(found, MandateRole.SIGNATORY, "Taro")
    row = council.ask(lambda s: s.scalars(select(Mandate.id).where(Mandate.account_id == taro.id)).one())
    founder = council.ask(people_of, found.id)[0]
    representative = council.again(type(taro)(id=founder.account_id))
    council.do(end_mandate, representative, found.id, row)
    assert not acts_for(council.again(taro), found.id)
    grants = council.ask(lambda s: s.scalars(select(RoleGrant.id).where(RoleGrant.account_id == taro.id)).all())
    ended = council.ask(lambda s: s.scalars(select(Mandate.ended_at).where(Mandate.id == row)).one())
    assert (list(grants), ended) == ([], council.clock())
    with pytest.raises(Refused):  # the last one who speaks for it
        council.do(end_mandate, representative, found.id, founder.mandate_id)


@on_sqlite
def test_strangers_and_other_organisations_find_no_door(council: Council, doors: Doors, person: People) -> None:
    ours, theirs = council.organisation(), council.organisation()
    stranger, neighbour = person(), council.appoint(theirs, MandateRole.REPRESENTATIVE)
    signatory = council.appoint(ours, MandateRole.SIGNATORY)
    asked = {"email": "x@example.test", "role": "signatory"}
    for who in (stranger, neighbour, signatory):
        assert doors.form(who, "POST", f"{ours.path}/people", asked).status == 403
        assert doors.form(who, "PATCH", f"{ours.path}/profile", {"name_en": "Ours"}).status == 403
        assert doors.form(who, "POST", f"{ours.path}/leave", {"reason": "gone"}).status == 403
    assert doors.form(neighbour, "DELETE", f"{theirs.path}/people/1").status == 404
    assert council.ask(people_of, ours.id)[0].mandate_id == 1


@on_sqlite
def test_only_a_public_organisation_sends_invitations(council: Council, doors: Doors, person: People) -> None:
    founder = person()
    found = council.organisation(founder, stage="applied")
    asked = {"email": "x@example.test", "role": "signatory"}
    assert doors.form(founder, "POST", f"{found.path}/people", asked).status == 409
    assert council.ask(lambda s: s.scalars(select(Mail.id)).all()) == []
