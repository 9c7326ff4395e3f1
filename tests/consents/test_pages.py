"""The pages of one's own consents: one press each way, with and without htmx, receipts for their owner alone."""
import json
from functools import partial

import pytest

from participation.accounts.erasure import erase_account, export
from participation.accounts.sessions import actor_of_account
from participation.consents.models import PurposeVersion, VersionState
from participation.consents.wording import hash_of
from participation.services import Services
from tests.consents.scene import Centre
from tests.support.client import Client
from tests.support.databases import on_sqlite

pytestmark = on_sqlite


def test_giving_and_withdrawing_are_one_press_each(centre: Centre, client: Client) -> None:
    centre.purpose()
    who = centre.person()
    page = client.sign_in(who).open("/consents")
    client.submit(page, form="/consents/purposes/watch/consent")
    assert centre.on(who) is True
    client.submit(client.open("/consents"), form="/consents/purposes/watch/consent")
    assert centre.on(who) is False


def test_a_swap_returns_the_purpose_with_its_switch(centre: Centre, client: Client) -> None:
    centre.purpose()
    page = client.sign_in(centre.person()).open("/consents")
    region = client.submit(page, form="/consents/purposes/watch/consent", headers={"HX-Request": "true"})
    assert region.html.lstrip().startswith('<article id="purpose-watch"')
    assert ('aria-checked="true"' in region.html, 'id="purpose-watch-switch"' in region.html) == (True, True)


def test_a_page_with_older_words_is_refused(centre: Centre, client: Client) -> None:
    centre.purpose()
    who = centre.person()
    page = client.sign_in(who).open("/consents")
    centre.next_version("watch", retention_days=60)
    refused = client.submit(page, form="/consents/purposes/watch/consent")
    assert (refused.status, centre.on(who)) == (409, False)


def test_changed_words_ask_again_and_can_be_left_off(centre: Centre, client: Client) -> None:
    centre.purpose()
    who = centre.person(locale="en")
    centre.grant(who)
    centre.next_version("watch")
    page = client.sign_in(who).open("/consents")
    assert "The words have changed since you agreed." in page.text
    client.submit(page, button="Leave it off")
    assert centre.standing(who).asks_again is False


def test_a_change_is_told_in_the_language_of_each(centre: Centre, client: Client, deliver) -> None:
    centre.purpose()
    english, japanese = centre.person(locale="en"), centre.person()
    for who in (english, japanese):
        centre.grant(who)
    centre.next_version("watch")
    deliver()
    assert "“Watch over me” has changed and asks you again" in client.sign_in(english).open("/me/notices").text
    assert "「見守り」の内容が変わり" in client.another().sign_in(japanese).open("/me/notices").text


@pytest.mark.parametrize("path", ["", "/receipt.json"])
def test_a_receipt_is_there_for_its_owner_alone(centre: Centre, client: Client, path: str) -> None:
    centre.purpose()
    who = centre.person()
    address = f"/consents/receipts/{centre.grant(who).code}{path}"
    assert client.sign_in(who).get(address).status == 200
    assert client.another().sign_in(centre.desk).get(address).status == 404


def test_the_receipt_has_the_fields_of_the_technical_specification(centre: Centre, client: Client) -> None:
    centre.purpose()
    who = centre.person()
    given = centre.grant(who)
    receipt = client.sign_in(who).get(f"/consents/receipts/{given.code}/receipt.json").json()
    purpose = receipt["purposes"][0]
    assert (receipt["schema_version"], receipt["record_id"]) == ("ISO/IEC TS 27560:2023", given.code)
    assert (purpose["lawful_basis"], purpose["retention_period"]) == ("consent", "P30D")
    assert purpose["pii_information"][0] == {"type": "vital_signs", "optional": False, "special_category": True}
    assert (receipt["event"]["event_state"], receipt["state_now"]) == ("given", "valid")
    text = client.get(receipt["privacy_notice_text"].removeprefix("https://sanpo.test"))
    assert hash_of(text.html) == receipt["privacy_notice_sha256"]
    centre.withdraw(who)
    assert client.get(f"/consents/receipts/{given.code}/receipt.json").json()["state_now"] == "not_valid"


def test_everybody_reads_what_is_asked_but_no_draft(centre: Centre, client: Client) -> None:
    version = centre.purpose()
    centre.draft("secret")
    assert "見守り" in client.open("/consents/purposes").text
    assert [client.get(f"/consents/purposes/{key}").status for key in ("watch", "secret")] == [200, 404]
    centre.move(version, VersionState.RETIRED)
    assert client.get("/consents/purposes/watch/1").status == 200


def test_the_api_switches_on_and_off_however_often(centre: Centre, client: Client, person) -> None:
    centre.purpose()
    who = centre.person()
    token = person.token(who)
    answers = [client.api(verb, "/me/consents/watch", token=token).json()["granted"]
               for verb in ("PUT", "PUT", "DELETE", "DELETE")]
    assert answers == [True, True, False, False]
    assert client.api("PUT", "/me/consents/watch", {"version": 7}, token=token).status == 409
    assert client.api("PUT", "/me/consents/nothing", token=token).status == 404
    assert [row["purpose"] for row in client.api("GET", "/me/consents", token=token).json()["items"]] == ["watch"]


def test_whoever_leaves_withdraws_everything_and_takes_the_history_along(centre: Centre, services: Services) -> None:
    centre.purpose()
    who, registry = centre.person(), services.registry
    given = centre.grant(who)
    taken = centre.ask(lambda s: export(s, actor_of_account(s, who.id), registry))["consents"]["consents"]
    assert json.loads(json.dumps(taken))[0]["receipt"] == given.code
    centre.db.write(lambda s: erase_account(s, actor_of_account(s, who.id), registry, centre.clock()))
    event = centre.last(who, given.purpose_id)
    assert (event.kind, event.way, event.subject) == ("withdrawn", "erasure", given.subject)


def test_to_stop_asking_is_confirmed_first(centre: Centre, client: Client) -> None:
    version = centre.purpose()
    state = partial(centre.ask, lambda s: s.get_one(PurposeVersion, version.id).state)
    page = client.sign_in(centre.desk).open("/consents/purposes/watch/work")
    question = client.submit(page, {"to": "retired"}, form="/work")
    assert (question.status, state()) == (200, "published")
    client.submit(question, form="/work")
    assert state() == "retired"
