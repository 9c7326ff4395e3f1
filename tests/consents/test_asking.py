"""Services ask with their own keys: what was withdrawn is off at the next call, and no two know the same name."""
import re
from typing import Any

import pytest

from participation.consents import access
from participation.consents.models import ConsentToken
from participation.consents.queries import services
from tests.consents.scene import KEY, Centre
from tests.support.client import Client
from tests.support.page import Page


def key_of(centre: Centre, service: str) -> str:
    view = centre.ask(services, service)[0]
    return centre.do(access.make_token, centre.desk, view, "tests")


def ask(client: Client, key: str, subject: str, purpose: str = "watch") -> Page:
    return client.api("GET", f"/consent-checks?subject={subject}&purpose={purpose}", token=key)


def test_a_withdrawal_is_seen_by_the_next_check(centre: Centre, client: Client) -> None:
    centre.purpose("watch", centre.service("bus"))
    who, key = centre.person(), key_of(centre, "bus")
    given = centre.grant(who)
    answer = ask(client, key, given.subject).json()
    assert answer == {"granted": True, "since": given.at.isoformat(), "receipt": given.code}
    centre.withdraw(who)
    assert ask(client, key, given.subject).json() == {"granted": False, "since": None, "receipt": None}


def test_many_are_asked_for_at_once_and_answered_as_one_by_one(centre: Centre, client: Client) -> None:
    centre.purpose("watch", centre.service("bus"))
    key, people = key_of(centre, "bus"), [centre.person() for _ in range(4)]
    names = [centre.grant(who).subject for who in people]
    centre.withdraw(people[1])
    centre.withdraw(people[2])
    centre.grant(people[2])
    asked = [*reversed(names), "nobody", names[0]]
    answer = client.api("POST", "/consent-checks", {"purpose": "watch", "subjects": asked}, token=key).json()
    assert answer["items"] == [{"subject": name, **ask(client, key, name).json()} for name in asked]
    assert [row["granted"] for row in answer["items"]] == [True, True, False, True, False, True]


@pytest.mark.parametrize(("given", "fields"), [
    ({}, ["purpose", "subjects"]), (["x"], ["purpose", "subjects"]),
    ({"purpose": 1, "subjects": ["x", 2]}, ["purpose", "subjects"]),
    ({"purpose": "watch", "subjects": []}, ["subjects"]),
    ({"purpose": "watch", "subjects": "x"}, ["subjects"]),
    ({"purpose": "watch", "subjects": ["x"] * 1_001}, ["subjects"]),
])
def test_asking_for_many_says_what_it_needs(centre: Centre, client: Client, given: Any, fields: list[str]) -> None:
    centre.purpose("watch", centre.service("bus"))
    answer = client.api("POST", "/consent-checks", given, token=key_of(centre, "bus"))
    assert (answer.status, [each["field"] for each in answer.json()["errors"]]) == (422, fields)


def test_many_are_not_answered_for_a_purpose_of_others(centre: Centre, client: Client) -> None:
    centre.purpose("watch", centre.service("bus"))
    centre.service("train")
    asked = {"purpose": "watch", "subjects": [centre.grant(centre.person()).subject]}
    assert client.api("POST", "/consent-checks", asked, token=key_of(centre, "train")).status == 404


def test_changed_words_are_off_at_the_next_check(centre: Centre, client: Client) -> None:
    centre.purpose("watch", centre.service("bus"))
    given, key = centre.grant(centre.person()), key_of(centre, "bus")
    centre.next_version("watch")
    assert ask(client, key, given.subject).json()["granted"] is False


def test_a_key_opens_its_own_service_only(centre: Centre, client: Client, person: Any) -> None:
    centre.purpose("watch", centre.service("bus"))
    centre.service("train")
    given, other = centre.grant(centre.person()), key_of(centre, "train")
    statuses = [ask(client, key, given.subject).status for key in (other, "", "nonsense", person.token(centre.desk))]
    assert statuses == [404, 401, 401, 401]
    assert client.api("GET", "/me/consents", token=other).status == 401


def test_a_check_names_what_is_missing_and_does_not_tell_who_is_here(centre: Centre, client: Client) -> None:
    centre.purpose("watch", centre.service("bus"))
    key = key_of(centre, "bus")
    assert [each["field"] for each in client.api("GET", "/consent-checks", token=key).json()["errors"]] == [
        "subject", "purpose"]
    assert (ask(client, key, "nobody").json()["granted"], ask(client, key, "x", "nothing").status) == (False, 404)


def test_a_revoked_key_opens_nothing(centre: Centre, client: Client) -> None:
    centre.purpose("watch", centre.service("bus"))
    key, view = key_of(centre, "bus"), centre.ask(services, "bus")[0]
    centre.do(access.revoke_token, centre.desk, view, access.hash_key(key).hex())
    assert ask(client, key, "anybody").status == 401


def test_a_key_is_shown_once_and_kept_as_a_hash(centre: Centre, client: Client) -> None:
    centre.service("bus")
    page = client.sign_in(centre.desk).open("/consents/services/bus")
    made = client.submit(page, {"name": "Nightly"}, form="/consents/services/bus/tokens")
    key = re.search(r"sanpo_service_[\w-]{43}", made.html)[0]
    assert key not in client.open("/consents/services/bus").text
    kept = centre.ask(lambda s: s.get(ConsentToken, access.hash_key(key)))
    assert (kept.name, key.encode() in kept.key_hash) == ("Nightly", False)


def test_two_services_never_know_the_same_name(centre: Centre, client: Client) -> None:
    names: dict[str, set[str]] = {"bus": set(), "train": set()}
    people = [centre.person() for _ in range(5)]
    for service in names:
        centre.purpose(f"of-{service}", centre.service(service))
        for who in people:
            centre.grant(who, f"of-{service}")
        feed = client.api("GET", "/consent-events", token=key_of(centre, service)).json()["items"]
        names[service] = {event["subject"] for event in feed} - {None}
    assert (len(names["bus"]), len(names["train"]), names["bus"] & names["train"]) == (5, 5, set())


def test_the_feed_has_no_gaps_and_goes_on_after_a_number(centre: Centre, client: Client) -> None:
    centre.purpose("watch", centre.service("bus"))
    who, key = centre.person(), key_of(centre, "bus")
    centre.grant(who)
    centre.withdraw(who)
    centre.next_version("watch")
    first = client.api("GET", "/consent-events?per_page=3", token=key).json()
    rest = client.api("GET", first["next"].removeprefix("https://sanpo.test/api/v1"), token=key).json()
    events = [(event["number"], event["type"], event["version"]) for event in first["items"] + rest["items"]]
    assert events == [(1, "changed", 1), (2, "granted", 1), (3, "withdrawn", 1), (4, "changed", 2)]
    assert (first["total"], rest["total"], rest["next"]) == (4, 1, None)


def test_a_code_tells_its_service_the_name_once(centre: Centre, client: Client) -> None:
    centre.purpose("watch", centre.service("bus"))
    centre.service("train")
    who = centre.person()
    page = client.sign_in(who).open("/consents")
    shown = client.submit(page, form="/consents/services/bus/link").text
    code = next(word for word in shown.split() if len(word) == 14 and word.count("-") == 2)
    bus, train = key_of(centre, "bus"), key_of(centre, "train")
    calls = [client.another().api("POST", "/consent-links", {"code": code}, token=key) for key in (train, bus, bus)]
    assert [call.status for call in calls] == [409, 200, 409]
    assert calls[1].json()["subject"] == centre.grant(who).subject


def test_an_old_code_tells_nothing(centre: Centre, clock: Any) -> None:
    from participation.web.errors import Conflict
    service, who = centre.service("bus"), centre.person()
    code = centre.do(access.make_link_code, who, centre.ask(services, "bus")[0])
    clock.advance(minutes=16)
    with pytest.raises(Conflict):
        centre.do(access.use_link_code, service.id, code, secret=KEY)


def test_after_leaving_nobody_can_tell_the_name(centre: Centre, services: Any) -> None:
    from participation.accounts.erasure import erase_account
    from participation.accounts.sessions import actor_of_account
    from participation.consents.queries import check
    service = centre.service("bus")
    centre.purpose("watch", service)
    who = centre.person()
    given = centre.grant(who)
    centre.db.write(lambda s: erase_account(s, actor_of_account(s, who.id), services.registry, centre.clock()))
    assert centre.ask(check, service.id, given.subject, "watch").granted is False
