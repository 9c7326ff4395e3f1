"""Solution sheets: written, handed in, withdrawn, and matched into a pilot. Each: ensure, change, record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.challenges.actions import found_challenge, move
from consortium.challenges.events import ChallengeMatched, SheetMoved
from consortium.challenges.models import Challenge, ChallengeState, SheetState, SheetStep, SolutionSheet
from consortium.challenges.policy import may_answer, may_match, may_move_sheet, now_in
from consortium.pilots.actions import draft_pilot
from consortium.services.queries import acting_of
from consortium.voices.queries import voices_of
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.policy import N_, Actor, ensure, require

LONGEST_BODY, LONGEST_ROLE = 5_000, 200  # characters, as the form of a pilot takes them


def save_sheet(
    session: Session, actor: Actor, challenge_id: int, organisation_id: int, typed: dict[str, str], *, now: datetime
) -> None:
    """Keep what was typed so far; what was handed in stays as it is."""
    _, sheet = _own(session, actor, challenge_id, organisation_id, now)
    sheet.typed, sheet.saved_at = typed, now


def hand_in_sheet(
    session: Session,
    actor: Actor,
    challenge_id: int,
    organisation_id: int,
    said: Mapping[str, Any],
    *,
    locale: str,
    now: datetime,
) -> SolutionSheet:
    """Answer the challenge, or answer it anew until the deadline. `said` are columns of the sheet."""
    _, sheet = _own(session, actor, challenge_id, organisation_id, now)
    ensure(may_move_sheet(SheetState(sheet.state), SheetState.SUBMITTED))
    for name, value in said.items():
        setattr(sheet, name, value)
    sheet.typed, sheet.locale, sheet.saved_at = {}, locale, now
    _move(session, actor, sheet, SheetState.SUBMITTED, now)
    return sheet


def withdraw_sheet(
    session: Session, actor: Actor, challenge_id: int, organisation_id: int, *, now: datetime
) -> None:
    """Take it back before the deadline; only its own people read it then."""
    _, sheet = _own(session, actor, challenge_id, organisation_id, now)
    ensure(may_move_sheet(SheetState(sheet.state), SheetState.WITHDRAWN))
    _move(session, actor, sheet, SheetState.WITHDRAWN, now)


def match_sheets(
    session: Session, actor: Actor, challenge_id: int, sheets: Sequence[int], lead: int, *, now: datetime
) -> int:
    """Choose these sheets and make the draft of a pilot, led by the organisation of the sheet `lead`; returns its
    number. The others that were handed in are not chosen."""
    row = found_challenge(session, challenge_id)
    ensure(may_match(actor, now_in(ChallengeState(row.state), row.closes_on, now)))
    wanted = select(SolutionSheet).where(SolutionSheet.challenge_id == challenge_id).order_by(SolutionSheet.id)
    handed_in = [each for each in session.scalars(wanted.with_for_update()) if each.state == SheetState.SUBMITTED]
    leads = next((each for each in handed_in if each.id == lead), None)
    ensure(require(set(sheets) <= {each.id for each in handed_in}, N_("Please choose sheets that were handed in.")))
    if leads is None or lead not in sheets:
        ensure(require(False, N_("Please choose who leads the pilot among the chosen ones.")))
        raise AssertionError
    partners = [each for each in handed_in if each.id in sheets and each is not leads]
    pilot = draft_pilot(
        session,
        actor,
        title=row.title.to("ja"),
        organisation_id=leads.organisation_id,
        voices=[each.id for each in voices_of(session, [row.id]).get(row.id, ())],
        values=_known(row, leads, partners),
        now=now,
    )
    for each in handed_in:
        _move(session, actor, each, SheetState.CHOSEN if each.id in sheets else SheetState.NOT_CHOSEN, now)
    row.pilot_id = pilot.id
    move(session, actor, row, ChallengeState.MATCHED, "", now)
    chosen = ",".join(str(number) for number in sorted(sheets))
    fact = ChallengeMatched(challenge_id=row.id, pilot_id=pilot.id, sheets=chosen)
    record(session, fact, actor=actor, subject_id=row.id, now=now)
    return pilot.id


def _known(row: Challenge, leads: SolutionSheet, partners: Sequence[SolutionSheet]) -> dict[str, Any]:
    """What challenge and sheets say of the pilot already; the lead writes on from there."""
    said = (row.background.to("ja"), row.wanted.to("ja"), leads.offer)
    return {
        "category_id": row.category_id,
        "areas": [row.area_id] if row.area_id else [],
        "body": "\n\n".join(text for text in said if text)[:LONGEST_BODY],
        "partners": [
            {"organisation_id": each.organisation_id, "name": "", "role": " ".join(each.offer.split())[:LONGEST_ROLE]}
            for each in partners
        ],
    }


def _own(
    session: Session, actor: Actor, challenge_id: int, organisation_id: int, now: datetime
) -> tuple[Challenge, SolutionSheet]:
    """The challenge and the sheet of this organisation, made if there is none, both locked."""
    row = found_challenge(session, challenge_id)
    own = [each for each in acting_of(session, actor, now) if each.organisation_id == organisation_id]
    ensure(may_answer(actor, own, row.organisation_id, now_in(ChallengeState(row.state), row.closes_on, now)))
    names = {"challenge_id": challenge_id, "organisation_id": organisation_id}
    fresh = {**names, "state": SheetState.DRAFT, "typed": {}, "saved_at": now}
    session.execute(insert_ignore(SolutionSheet, dialect_name(session)).values(**fresh))
    wanted = select(SolutionSheet).filter_by(**names).with_for_update().execution_options(populate_existing=True)
    return row, session.scalars(wanted).one()


def _move(session: Session, actor: Actor, sheet: SolutionSheet, to: SheetState, now: datetime) -> None:
    sheet.state = to
    session.add(SheetStep(sheet_id=sheet.id, to_state=to, actor_id=actor.id, at=now))
    session.flush()
    if to in (SheetState.CHOSEN, SheetState.NOT_CHOSEN):
        return  # told by the challenge's own fact
    about = {"challenge_id": sheet.challenge_id, "sheet_id": sheet.id, "organisation_id": sheet.organisation_id}
    record(session, SheetMoved(**about, to=to), actor=actor, subject_id=sheet.challenge_id, now=now)
