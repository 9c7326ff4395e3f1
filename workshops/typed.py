"""What stands in a form of the desk and is not saved yet. It waits with the workshop; only organisers see it."""

from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from participation.policy import Actor, ensure
from participation.web.fields import clean
from participation.web.forms import Form
from workshops.actions import held
from workshops.models import Workshop
from workshops.policy import may_change, may_change_rules

MOST = 40  # characters of a field that names no limit; choices of a list


class Part(StrEnum):
    """Which form."""

    ABOUT = "about"
    QUOTAS = "quotas"
    QUESTION = "question"


def keep_typed(session: Session, actor: Actor, workshop_id: int, part: Part, form: Form | None) -> None:
    """Keep what was typed, whatever it is, within the limits of its fields; None: it is saved, so nothing waits."""
    row = held(session, workshop_id)
    ensure(may_change(actor, row) if part == Part.ABOUT else may_change_rules(actor, row))
    others = {name: words for name, words in row.typed.items() if name != part}
    row.typed = others if form is None else {**others, part: _words(form)}
    session.flush()


def waiting(row: Workshop, part: Part) -> dict[str, Any]:
    """By field."""
    return dict(row.typed.get(part, {}))


def _words(form: Form) -> dict[str, Any]:
    return {name: _short(raw, getattr(form.fields[name], "max", MOST)) for name, raw in form.raw.items()}


def _short(raw: Any, most: float) -> Any:
    return [clean(each)[:MOST] for each in raw[:MOST]] if isinstance(raw, list) else clean(raw)[: max(MOST, int(most))]
