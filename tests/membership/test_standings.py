"""Who may do what with an organisation, for every role and every standing; the table below is the whole answer."""
from datetime import timedelta

from consortium.membership.actions import decide, leave
from consortium.membership.models import Stage
from consortium.membership.policy import may_apply_again, may_decide, may_leave, may_see
from consortium.membership.queries import MemberView
from participation.organisations.models import MandateRole, Organisation
from participation.organisations.policy import may_change_organisation, may_invite_for
from participation.policy import ANONYMOUS, Actor
from rules.signing.cases import signing_case
from rules.signing.policy import may_acknowledge, may_sign
from tests.signing.conftest import desk, table
from tests.signing.scene import Table

__all__ = ["desk", "table"]
ROLES = ("anonymous", "stranger", "neighbour", "representative", "signatory", "secretariat", "auditor")
# v see, e change, i invite, a acknowledge, s sign, d decide, l leave, r apply again
WHO_MAY = {
    "applied": ("", "", "", "vea", "va", "ved", "v"),
    "returned": ("", "", "", "vear", "va", "ved", "v"),
    "refused": ("", "", "", "vea", "va", "ve", "v"),
    "approved": ("v", "v", "v", "veial", "vas", "veid", "v"),
    "member": ("v", "v", "v", "veial", "vas", "veid", "v"),
    "lapsed": ("v", "v", "v", "veial", "vas", "veid", "v"),
    "suspended": ("v", "v", "v", "veial", "vas", "veid", "v"),
    "left": ("v", "v", "v", "veiar", "va", "vei", "v"),
}


def test_roles_and_standings(table: Table) -> None:
    table.rule()
    found = {}
    for standing in WHO_MAY:
        if standing == "lapsed":
            continue
        found[standing] = reached(table, standing)
    lapsing, who = table.member()
    table.sign(lapsing, who)
    _, neighbour = table.member()
    council = table.council
    shown = {standing: allowed(table, view, people(table, view, neighbour)) for standing, view in found.items()}
    table.next_version(table.today)
    council.clock.advance(days=61)
    shown["lapsed"] = allowed(table, council.view(lapsing.id), people(table, lapsing, neighbour))
    assert shown == WHO_MAY


def reached(table: Table, standing: str) -> MemberView:
    """An organisation at this place of its way."""
    council = table.council
    if standing in ("applied", "returned", "refused"):
        return council.organisation(stage=standing)
    view, who = table.member()
    if standing == "member":
        table.sign(view, who)
    if standing == "suspended":
        council.do(decide, council.desk, view.id, Stage.SUSPENDED, "no report")
    if standing == "left":
        council.do(leave, council.appoint(view, MandateRole.REPRESENTATIVE), view.id, "enough")
    assert council.view(view.id).standing == standing
    return council.view(view.id)


def people(table: Table, view: MemberView, neighbour: Actor) -> dict[str, Actor]:
    council = table.council
    return {"anonymous": ANONYMOUS, "stranger": council.person(), "neighbour": neighbour,
            "representative": council.appoint(view, MandateRole.REPRESENTATIVE),
            "signatory": council.appoint(view, MandateRole.SIGNATORY), "secretariat": council.desk,
            "auditor": council.person(roles=("auditor",))}


def allowed(table: Table, view: MemberView, actors: dict[str, Actor]) -> tuple[str, ...]:
    return tuple(table.ask(letters, table, view, actors[role]) for role in ROLES)


def letters(session, table: Table, view: MemberView, actor: Actor) -> str:

    organisation = session.get(Organisation, view.id)
    case = signing_case(session, actor, "participation", organisation, table.registry, table.clock())
    verdicts = {
        "v": may_see(actor, view.id, view.public),
        "e": may_change_organisation(actor, view.id),
        "i": may_invite_for(actor, view.id, view.public),
        "a": may_acknowledge(actor, case),
        "s": may_sign(actor, case),
        "d": any(may_decide(actor, view.stage, to, view.id) for to in Stage),
        "l": may_leave(actor, view.id, view.stage),
        "r": may_apply_again(actor, view.id, view.stage),
    }
    return "".join(letter for letter, verdict in verdicts.items() if verdict)


def test_the_deadline_itself_is_the_first_moment_of_lapsing(table: Table) -> None:
    table.rule()
    view, who = table.member()
    table.sign(view, who)
    table.next_version(table.today)
    ends = table.council.view(view.id).agreement.until
    for moment, standing in ((ends - timedelta(microseconds=1), "member"), (ends, "lapsed")):
        table.clock.set(moment)
        assert table.council.view(view.id).standing == standing
