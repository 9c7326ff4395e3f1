"""From the address of the catalogue to its filters, what they find, and how many each further filter would find."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from consortium.services.labels import STATES
from consortium.services.models import ServiceState
from consortium.services.queries import Line, catalogue
from participation.policy import N_
from participation.web import Context
from participation.web.facets import LONGEST, Facet, count_facet, fits_words

SORTS = {"newest": N_("Newest first"), "name": N_("By name"), "state": N_("Running first")}
FACETS = ("field", "state", "owner", "area")
Values = Callable[[Line], Iterable[tuple[str, str]]]
ORDER = (ServiceState.RUNNING, ServiceState.PLANNED, ServiceState.ENDED)


@dataclass(frozen=True)
class Asked:
    q: str = ""
    field: str = ""
    state: str = ""
    owner: str = ""
    area: str = ""
    sort: str = "newest"

    def fits(self, line: Line) -> bool:
        text = [*line.name.values(), *line.summary.values()]
        return (
            self.field in ("", line.field.key if line.field else "")
            and self.state in ("", line.state)
            and (not self.owner or self.owner in (owner.slug for owner in line.owners))
            and (not self.area or not line.areas or self.area in (area.key for area in line.areas))
            and fits_words(self.q, text)
        )


def everything(ctx: Context) -> tuple[Line, ...]:
    """The public catalogue; read anew only after something was committed."""
    return ctx.recall(("services",), lambda: catalogue(ctx.session))


def asked(ctx: Context) -> Asked:
    """The filters of the address; what cannot be one finds nothing, what is too long is cut."""
    given = {name: ctx.query.get(name, "")[:LONGEST].strip() for name in ("q", *FACETS)}
    sort = ctx.query.get("sort", "")
    return Asked(**given, sort=sort if sort in SORTS else "newest")


def found(ctx: Context, wanted: Asked) -> tuple[Line, ...]:
    """The services that fit, in the order that was asked for."""
    fitting = [line for line in everything(ctx) if wanted.fits(line)]
    if wanted.sort == "name":
        fitting.sort(key=lambda line: line.name.to(ctx.locale))
    elif wanted.sort == "state":
        fitting.sort(key=lambda line: ORDER.index(line.state))
    return tuple(fitting)


def facets(ctx: Context, wanted: Asked) -> tuple[Facet, ...]:
    """Each facet counts what it would leave with the other filters as they are."""
    lines = everything(ctx)
    values: dict[str, Values] = {
        "field": lambda line: [(line.field.key, line.field.name.to(ctx.locale))] if line.field else [],
        "state": lambda line: [(line.state, ctx._(STATES[line.state]))],
        "owner": lambda line: [(owner.slug, owner.name.to(ctx.locale)) for owner in line.owners],
        "area": lambda line: [(area.key, area.name.to(ctx.locale)) for area in line.areas],
    }
    return tuple(count_facet(name, lines, wanted, values[name]) for name in FACETS)
