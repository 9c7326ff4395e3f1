"""An organisation applies, is asked back, answers, is approved; what was typed is never lost."""
from collections.abc import Callable

import pytest
from sqlalchemy import select

from consortium.membership.actions import apply_again, decide, leave
from consortium.membership.models import TRANSITIONS, Stage
from consortium.membership.policy import DECIDED, may_decide
from consortium.membership.queries import history_of
from participation.db import Localized
from participation.events import Event
from participation.mail.models import Mail
from participation.policy import ANONYMOUS, Refused
from tests.membership.scene import Council, corporate_number, form_values
from tests.proposals.doors import Doors
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite


def test_the_way_from_application_to_approval_is_on_record(
        council: Council, person: People, deliver: Callable[[], int]) -> None:
    founder = person("Hanako", email="hanako@example.test")
    found = council.organisation(founder, stage="applied")
    founder = council.again(founder)
    council.do(decide, council.desk, found.id, Stage.RETURNED, "Which buses do you mean?")
    values = {**form_values(1), "name": Localized({"ja": "例の交通"})}
    council.do(apply_again, founder, found.id, values, "Those in Tarumi.")
    council.do(decide, council.desk, found.id, Stage.APPROVED, "")
    council.do(leave, founder, found.id, "We close down.")
    steps = council.ask(history_of, found.id)
    assert [(step.stage, step.reason, step.by) for step in reversed(steps)] == [
        ("applied", "", "Hanako"), ("returned", "Which buses do you mean?", "Secretary"),
        ("applied", "Those in Tarumi.", "Hanako"), ("approved", "", "Secretary"), ("left", "We close down.", "Hanako")]
    assert (council.view(found.id).standing, council.view(found.id).name["ja"]) == ("left", "例の交通")
    deliver()
    mails = council.ask(lambda s: s.scalars(select(Mail.text).where(Mail.recipient == "hanako@example.test")).all())
    assert [("Which buses do you mean?" in text, "承認済み" in text) for text in mails] == [(True, False), (False, True)]
    on_record = select(Event.type).where(Event.leaf_hash.is_not(None), Event.type.like("membership.%"))
    audited = council.ask(lambda s: s.scalars(on_record.order_by(Event.id)).all())
    assert audited == ["membership.applied", "membership.decided", "membership.applied", "membership.decided",
                       "membership.left"]


def test_decisions_follow_the_table_and_need_the_role(council: Council, person: People) -> None:
    for stage in Stage:
        for to in Stage:
            allowed = to in TRANSITIONS[stage] and to in DECIDED
            assert (stage, to, bool(may_decide(council.desk, stage, to, 7))) == (stage, to, allowed)
    nobody = [ANONYMOUS, person(), person(roles=("auditor",)), person(roles=("administrator",))]
    assert [may_decide(actor, Stage.APPLIED, Stage.APPROVED, 7).kind for actor in nobody] == [
        "sign_in", "forbidden", "forbidden", "forbidden"]


def test_nobody_decides_about_the_own_organisation(council: Council) -> None:
    found = council.organisation(council.desk, stage="applied")
    with pytest.raises(Refused):
        council.do(decide, council.again(council.desk), found.id, Stage.APPROVED, "")


def test_a_refusal_needs_a_reason_and_releases_the_number(council: Council, person: People) -> None:
    found = council.organisation(stage="applied")
    with pytest.raises(Refused):
        council.do(decide, council.desk, found.id, Stage.REFUSED, "")
    council.do(decide, council.desk, found.id, Stage.REFUSED, "Somebody used your name.")
    assert council.view(found.id).corporate_number is None


@on_sqlite
def test_a_number_that_is_here_already_is_said_at_the_field_and_the_form_stays_filled(
        council: Council, client: Client, person: People) -> None:
    council.organisation()
    client.sign_in(person())
    sent = client.submit(client.open("/organisations/apply"), form_values(1, name_ja="もうひとつの会社"), button="申請を送る")
    form = sent.form("/organisations/apply")
    assert sent.status == 422 and sent.title.startswith("エラー")
    assert "「例1株式会社」はすでに登録されています" in sent.text
    assert [form.value(name) for name in ("name_ja", "contact", "corporate_number")] == [
        "もうひとつの会社", "総務部 山田 078-000-0000", corporate_number(1)]


@on_sqlite
@pytest.mark.parametrize(("field", "typed"), [
    ("corporate_number", "1234567890123"), ("corporate_number", "123"), ("corporate_number", ""), ("name_ja", ""),
    ("website", "javascript:alert(1)"), ("website", "https://"), ("kind", "circus"), ("contact", ""), ("purpose", "x")])
def test_a_bad_entry_is_refused_at_its_field(client: Client, person: People, field: str, typed: str) -> None:
    client.sign_in(person())
    sent = client.submit(client.open("/organisations/apply"), form_values(1, **{field: typed}), button="申請を送る")
    assert (sent.status, f'id="{field}-error"' in sent.html) == (422, True)


@on_sqlite
def test_a_draft_waits_until_it_is_sent(client: Client, doors: Doors, person: People) -> None:
    founder, typed = person(), {"name_ja": "書きかけの会社", "corporate_number": "12", "do": "save"}
    assert doors.form(founder, "POST", "/organisations/apply/draft", typed).status == 303
    client = client.another().sign_in(founder)
    page = client.open("/organisations/apply")
    assert page.form("/organisations/apply").value("name_ja") == "書きかけの会社"
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in corporate_number(5))
    sent = client.submit(page, form_values(5, corporate_number=wide), button="申請を送る", follow=False)
    shown = client.open(sent.location)
    assert ("申請を審査中" in shown.text, corporate_number(5) in shown.text) == (True, True)
    assert client.open("/organisations/apply").form("/organisations/apply").value("name_ja") == ""


@on_sqlite
def test_an_application_is_seen_by_its_people_and_the_desk_only(
        council: Council, client: Client, doors: Doors, person: People) -> None:
    founder = person()
    found = council.organisation(founder, stage="applied")
    assert client.get(found.path).status == 404
    assert [client.sign_in(who).get(found.path).status for who in (person(), founder, council.desk)] == [404, 200, 200]
    assert found.name["ja"] not in client.open("/organisations").text
    review = client.open(f"/secretariat/members/{found.id}")
    asked = client.submit(review, {"reason": ""}, button="問い合わせる")
    assert (asked.status, "理由を書いてください" in asked.text) == (422, True)
    client.submit(review, {"reason": "どのバスですか"}, button="問い合わせる")
    page = client.sign_in(founder).open(f"{found.path}/apply")
    assert "どのバスですか" in page.text and page.form("/apply").value("name_ja") == "例1株式会社"
    client.submit(page, {"answer": "垂水のバスです"}, button="申請を送る")
    assert council.view(found.id).standing == "applied"
    client.sign_in(council.desk)
    client.submit(client.open(f"/secretariat/members/{found.id}"), button="承認する")
    assert found.name["ja"] in client.sign_out().open("/organisations").text
    assert doors.form(person(), "POST", f"/secretariat/members/{found.id}", {"to": "suspended"}).status == 403


@on_sqlite
def test_an_organisation_without_an_english_name_is_reviewed_and_shown_like_any(
        council: Council, client: Client, person: People) -> None:
    client.sign_in(person())
    sent = client.submit(client.open("/organisations/apply"), form_values(7, name_en=""), button="申請を送る", follow=False)
    client.sign_in(council.desk)
    queue = client.open("/secretariat/members")
    review = client.open(queue.link("例7株式会社"))
    client.submit(review, button="承認する")
    assert "例7株式会社" in client.sign_out().open(sent.location).text
