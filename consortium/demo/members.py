"""Organisations of the story: they apply, are reviewed, sign and leave, each through the action of the product."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from consortium.council.documents import DocumentEntry, VersionEntry
from consortium.demo.stage import Turn
from consortium.membership.actions import apply, decide, leave
from consortium.membership.models import Stage
from participation.accounts.sessions import actor_of_account
from participation.db import Localized
from participation.organisations import check_digit
from participation.organisations.actions import appoint
from participation.organisations.models import MandateRole, Organisation
from participation.policy import N_
from participation.web.i18n import translations
from rules.signing.actions import acknowledge, find_case, sign
from rules.signing.evidence import Declaration, Means
from rules.signing.forms import CONTROL, SENTENCE

NOBODYS = "9999"  # how the numbers of examples begin
TITLE = N_("Head of the organisation")
PURPOSE = N_("To build services with citizens, and to keep the council's rules.")
CONTACT = N_("General affairs, telephone 078-000-0000 (example)")


def apply_to_join(turn: Turn) -> None:
    told, say = turn.detail, translations("ja").gettext
    base = f"{NOBODYS}{told['number']:08}"
    values = {
        "name": Localized(told["name"]),
        "kind": told["kind"],
        "corporate_number": f"{check_digit(base)}{base}" if told["number"] else None,
        "address": "",
        "website": "",
        "description": told["description"],
        "purpose": say(PURPOSE),
        "contact": say(CONTACT),
    }
    turn.stage.organisations[turn.on] = apply(turn.session, turn.actor, values, now=turn.now)
    _know_again(turn)


def decide_member(turn: Turn) -> None:
    to, reason = Stage(turn.detail["to"]), turn.detail.get("reason", "")
    decide(turn.session, turn.actor, turn.stage.organisations[turn.on], to, reason, now=turn.now)


def appoint_signatory(turn: Turn) -> None:
    """The organisation's own founder names this person, perhaps themselves."""
    number, who = turn.stage.organisations[turn.on], turn.actor
    appoint(turn.session, who, number, who.id or 0, MandateRole.SIGNATORY, now=turn.now)
    _know_again(turn)


def sign_rule(turn: Turn) -> None:
    """Read every article, then sign the version that is in force on that day."""
    slug = turn.session.get_one(Organisation, turn.stage.organisations[turn.on]).slug
    about = (turn.actor, turn.detail["rule"], slug, turn.stage.registry, turn.now)
    case = find_case(turn.session, *about, lock=True)
    acknowledge(turn.session, turn.actor, case, case.keys, now=turn.now)
    case, say = find_case(turn.session, *about), translations("ja").gettext
    named = {"organisation": case.organisation.name.to("ja"), "title": case.version.title.to("ja")}
    sentence = say(SENTENCE) % {**named, "number": case.version.number}
    said = Declaration(turn.actor.name, say(TITLE), "representative", sentence, "ja", say(CONTROL))
    means = Means("password", "192.0.2.1", "", "", "https://demo.example")
    read = case.version.sha256 or ""
    sign(turn.session, turn.actor, case, said, means, sha256=read, secret=turn.stage.secret, now=turn.now)


def leave_council(turn: Turn) -> None:
    leave(turn.session, turn.actor, turn.stage.organisations[turn.on], turn.detail["reason"], now=turn.now)


def with_earlier(entry: DocumentEntry, told: Sequence[Mapping[str, Any]], today: date) -> DocumentEntry:
    """A rule with the versions that it had before: `told` says which articles read otherwise, and from which day."""
    newest = entry.versions[-1]
    return replace(entry, versions=tuple(_version(newest, each, today) for each in told)) if told else entry


def _version(newest: VersionEntry, told: Mapping[str, Any], today: date) -> VersionEntry:
    otherwise, begins = told.get("articles", {}), told["begins"]
    sections = tuple(
        {**each, "body": otherwise[each["key"]]} if each["key"] in otherwise else each for each in newest.sections
    )
    day = begins if isinstance(begins, date) else today + timedelta(days=begins)
    return replace(newest, note=told["note"], sections=sections, effective=day)


def _know_again(turn: Turn) -> None:
    """The acting person, with the roles that they have from now on."""
    turn.stage.actors[turn.key] = actor_of_account(turn.session, turn.actor.id or 0)


VERBS = {
    "apply_to_join": apply_to_join,
    "decide_member": decide_member,
    "appoint_signatory": appoint_signatory,
    "sign_rule": sign_rule,
    "leave_council": leave_council,
}
