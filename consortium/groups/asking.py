"""From the address of the list to the groups that fit."""

from dataclasses import dataclass

from consortium.groups.labels import KINDS, STATES
from consortium.groups.models import GroupKind, GroupState
from consortium.groups.queries import Line, groups
from participation.web import Context, with_query
from participation.web.facets import LONGEST, fits_words

FACETS = ("kind", "field", "state")


@dataclass(frozen=True)
class Asked:
    q: str = ""
    kind: str = ""
    field: str = ""
    state: str = ""

    def fits(self, line: Line) -> bool:
        text = [*line.name.values(), *line.summary.values()]
        return (
            self.kind in ("", line.kind)
            and self.field in ("", line.field_key)
            and self.state in ("", line.state)
            and fits_words(self.q, text)
        )


@dataclass(frozen=True)
class Filters:
    """What may be chosen: (value, label) each."""

    kind: tuple[tuple[str, str], ...]
    field: tuple[tuple[str, str], ...]
    state: tuple[tuple[str, str], ...]


def everything(ctx: Context) -> tuple[Line, ...]:
    """All public groups; read anew only after something was committed."""
    return ctx.recall(("groups",), lambda: groups(ctx.session))


def asked(ctx: Context) -> Asked:
    """The filters of the address; what cannot be one finds nothing, what is too long is cut."""
    return Asked(**{name: ctx.query.get(name, "")[:LONGEST].strip() for name in ("q", *FACETS)})


def filters(ctx: Context) -> Filters:
    """The kinds, fields and states that groups have."""
    lines = everything(ctx)
    kinds, states = {line.kind for line in lines}, {line.state for line in lines}
    fields = {line.field_key: line.field.to(ctx.locale) for line in lines if line.field_key}
    return Filters(
        kind=tuple((str(kind), ctx._(KINDS[kind])) for kind in GroupKind if kind in kinds),
        field=tuple(sorted(fields.items(), key=lambda pair: pair[1])),
        state=tuple((str(state), ctx._(STATES[state])) for state in GroupState if state in states),
    )


def chips(ctx: Context, wanted: Asked, offered: Filters) -> list[tuple[str, str]]:
    """The chosen filters with the address that takes each away."""
    chosen = [("q", wanted.q)]
    for name in FACETS:
        value = getattr(wanted, name)
        chosen.append((name, dict(getattr(offered, name)).get(value, value)))
    parameters = ctx.query.multi_items()
    return [(label, "/working-groups" + with_query(parameters, **{name: None})) for name, label in chosen if label]
