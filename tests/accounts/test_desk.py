"""The desk: search, roles, verification, blocking, registers; who may do what of it."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from participation.accounts.models import Account, RegisterEntry, RoleGrant, Verification
from participation.accounts.register import identity_of
from participation.events import Event
from participation.policy import ANONYMOUS
from participation.web.csrf import csrf_token
from tests.support.client import BASE_URL

ROLES = {
    "nobody": (), "citizen": (), "auditor": ("auditor",), "secretariat": ("secretariat",),
    "administrator": ("administrator",),
}
# (what, who may)
DOORS = [
    ("GET", "/admin/accounts", {}, {"secretariat", "administrator"}),
    ("GET", "/admin/accounts/{id}", {}, {"secretariat", "administrator"}),
    ("POST", "/admin/accounts/{id}/roles", {"role": "auditor"}, {"administrator"}),
    ("DELETE", "/admin/accounts/{id}/roles/auditor", {}, {"administrator"}),
    ("POST", "/admin/accounts/{id}/block", {"reason": "Advertising"}, {"administrator"}),
    ("POST", "/admin/accounts/{id}/verifications", {"kind": "resident"}, {"secretariat", "administrator"}),
    ("DELETE", "/admin/accounts/{id}/verifications/resident", {}, {"secretariat", "administrator"}),
    ("GET", "/admin/register", {}, {"secretariat", "administrator"}),
    ("POST", "/admin/register", {"kind": "resident"}, {"secretariat", "administrator"}),
]


@pytest.fixture
def send(client, services, clock):
    """send(actor, "DELETE", path, values) as a browser would, with the token of the session."""
    def do(actor, method, path, values=None, **more):
        client.cookies.clear()
        data = dict(values or {})
        if actor.signed_in:
            client.sign_in(actor)
            data["csrf"] = csrf_token(services.secret, client.cookies["__Host-sid"])
        if method == "GET":
            return client.get(path)
        headers = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"}
        return client.request("POST", path, data={**data, "_method": method}, headers=headers, **more)
    return do


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize(("method", "path", "values", "allowed"), DOORS)
def test_who_may_do_it(send, person, method, path, values, allowed):
    for role, grants in ROLES.items():
        target = person()
        actor = ANONYMOUS if role == "nobody" else person(roles=grants)
        answer = send(actor, method, path.format(id=target.id), values)
        refused = {"nobody": (303, 401)}.get(role, (403,))
        assert (role, answer.status in refused) == (role, role not in allowed)


def roles_of(db, account_id: int) -> set[str]:
    with db.read() as session:
        return set(session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == account_id)))


def events(db, kind: str) -> list[str]:
    with db.read() as session:
        return list(session.scalars(select(Event.body).where(Event.type == kind, Event.leaf_hash.is_not(None))))


def test_a_role_is_given_and_taken_on_record(send, person, db):
    admin, target = person(roles=("administrator",)), person()
    for _ in range(2):
        send(admin, "POST", f"/admin/accounts/{target.id}/roles", {"role": "secretariat"})
    assert roles_of(db, target.id) == {"secretariat"}
    send(admin, "DELETE", f"/admin/accounts/{target.id}/roles/secretariat")
    assert roles_of(db, target.id) == set()
    for kind in ("role.granted", "role.revoked"):
        (body,) = map(json.loads, events(db, kind))
        assert body.pop("account_ref") not in ("", target.ref)  # a mark of this entry alone
        assert body == {"role": "secretariat", "scope_kind": "platform", "scope_id": 0}


def test_nobody_locks_everybody_out(send, person, db):
    admin = person(roles=("administrator",))
    assert send(admin, "DELETE", f"/admin/accounts/{admin.id}/roles/administrator").status == 409
    assert send(admin, "POST", f"/admin/accounts/{admin.id}/block", {"reason": "Holidays"}).status == 409
    assert roles_of(db, admin.id) == {"administrator"}


@pytest.mark.parametrize("role", ["king", "", "facilitator"])
def test_only_roles_that_exist_are_given(send, person, db, role):
    admin, target = person(roles=("administrator",)), person()
    assert send(admin, "POST", f"/admin/accounts/{target.id}/roles", {"role": role}).status == 409
    assert roles_of(db, target.id) == set()


@pytest.mark.asvs("7.4.2")
def test_a_blocked_account_is_out_at_once_and_told_why(send, client, person, deliver, mailbox):
    admin, target = person(roles=("administrator",)), person()
    other = client.another()
    other.cookies.set("__Host-sid", client.people.session_key(target), domain="sanpo.test", path="/")
    token = client.people.token(target)
    assert other.get("/me").status == 200
    send(admin, "POST", f"/admin/accounts/{target.id}/block", {"reason": "Advertising again and again"})
    assert other.get("/me").status == 303
    assert other.api("GET", "/me", token=token).status == 401
    deliver()
    assert "Advertising again and again" in mailbox.to(target.email)[-1].text
    send(admin, "DELETE", f"/admin/accounts/{target.id}/block")
    assert other.api("GET", "/me", token=token).status == 200


def test_the_desk_finds_people(send, person):
    desk, hanako = person("Desk", roles=("secretariat",)), person("Hanako")
    person("Taro", verifications=("adult",))
    page = send(desk, "GET", "/admin/accounts?q=hANA")
    assert ("Hanako" in page.text, "Taro" in page.text) == (True, False)
    assert "Hanako" in send(desk, "GET", f"/admin/accounts?q={hanako.email}").text
    page = send(desk, "GET", "/admin/accounts?show=verified")
    assert ("Hanako" in page.text, "Taro" in page.text) == (False, True)
    assert "Hanako" not in send(desk, "GET", "/admin/accounts?q=%25").text
    assert send(desk, "GET", "/admin/accounts?page=0&per_page=x&show=nothing&q=" + "x" * 5000).status == 200


def verifications(db, account_id: int) -> dict[str, str]:
    with db.read() as session:
        rows = select(Verification.kind, Verification.method).where(Verification.account_id == account_id)
        return dict(session.execute(rows).all())


def test_what_was_seen_at_the_desk_is_noted_and_withdrawn(send, person, db):
    desk, target = person(roles=("secretariat",)), person()
    send(desk, "POST", f"/admin/accounts/{target.id}/verifications", {"kind": "resident"})
    assert verifications(db, target.id) == {"resident": "secretariat"}
    assert send(desk, "POST", f"/admin/accounts/{desk.id}/verifications", {"kind": "resident"}).status == 409
    assert send(desk, "POST", f"/admin/accounts/{target.id}/verifications", {"kind": "king"}).status == 409
    send(desk, "DELETE", f"/admin/accounts/{target.id}/verifications/resident")
    assert verifications(db, target.id) == {}


REGISTER = "氏名,生年月日,郵便番号\n山田 花子,1980/4/1,650-0001\nYamada Taro,2015-02-03,6500002\n"


def upload(send, desk, content: bytes, **values):
    files = {"file": ("register.csv", content, "text/csv")}
    return send(desk, "POST", "/admin/register", {"kind": "resident", **values}, files=files)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_register_is_kept_as_hashes_only(send, person, db, services, encoding):
    desk = person(roles=("secretariat",))
    assert upload(send, desk, REGISTER.encode(encoding)).status == 303
    with db.read() as session:
        kept = set(session.scalars(select(RegisterEntry.identity)))
    hanako = identity_of(services.secret, "山田花子", date(1980, 4, 1), "6500001")
    assert (len(kept), hanako in kept) == (2, True)


@pytest.mark.parametrize(("content", "said"), [
    (b"name,birth_date\nA,1980-01-01\n", "postal_code"),
    (b"name,birth_date,postal_code\nA,1980-13-01,650\nB,,650\n", "3"),
    (b"name,birth_date,postal_code\nA,1980-01-01,650\na,1980/1/1,6-50\n", "3"),
    (b"\xff\xfe\x00\x01", ""), (b"", ""), (b'"', ""), (b"name,birth_date,postal_code\n", ""),
    (b"name,name,birth_date,postal_code\n\x00,\x00,\x00,\x00\n", ""),
])
def test_a_register_with_mistakes_changes_nothing_and_names_the_rows(send, person, db, content, said):
    answer = upload(send, person(roles=("secretariat",)), content)
    assert (answer.status, said in answer.text) == (422, True)
    with db.read() as session:
        assert session.scalars(select(RegisterEntry)).all() == []


def test_a_person_is_found_in_the_register_once(send, client, person, db):
    upload(send, person(roles=("secretariat",)), REGISTER.encode())
    hanako, imposter = person("Hanako"), person("Imposter")
    proof = {"name": "山田 花子", "born": "1980-04-01", "address": "650-0001"}
    assert send(hanako, "POST", "/me/verification", proof).status == 303
    assert verifications(db, hanako.id) == {"resident": "register", "adult": "register"}
    assert send(imposter, "POST", "/me/verification", proof).status == 422
    assert send(imposter, "POST", "/me/verification", {**proof, "born": "1980-04-02"}).status == 422
    assert verifications(db, imposter.id) == {}
    assert send(hanako, "POST", "/me/verification", proof).status == 303  # once more changes nothing
    assert len(events(db, "account.verified")) == 2


def test_a_child_in_the_register_is_no_adult(send, person, db):
    upload(send, person(roles=("secretariat",)), REGISTER.encode())
    taro = person("Taro")
    send(taro, "POST", "/me/verification", {"name": "YAMADA taro", "born": "2015-02-03", "address": "650-0002"})
    assert verifications(db, taro.id) == {"resident": "register"}


def test_a_new_register_can_take_the_place_of_the_old(send, person, db):
    desk = person(roles=("secretariat",))
    upload(send, desk, REGISTER.encode())
    upload(send, desk, "name,birth_date,postal_code\nSato,1990-01-01,650-0003\n".encode(), replace="1")
    with db.read() as session:
        assert len(session.scalars(select(RegisterEntry)).all()) == 1


def test_nothing_personal_of_accounts_stands_in_the_log(send, person, db):
    admin, target = person(roles=("administrator",)), person("Hanako")
    send(admin, "POST", f"/admin/accounts/{target.id}/block", {"reason": "Hanako wrote badly"})
    with db.read() as session:
        bodies = " ".join(session.scalars(select(Event.body).where(Event.leaf_hash.is_not(None))))
        assert session.get(Account, target.id).blocked_reason == "Hanako wrote badly"
    assert ("Hanako" in bodies, target.email in bodies) == (False, False)
