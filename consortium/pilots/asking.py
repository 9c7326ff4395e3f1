"""From the address of the register to its filters, what they find, and how many each further filter would find."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from consortium.pilots.labels import PUBLIC, STATES
from consortium.pilots.queries import Line, register
from participation.policy import N_
from participation.web import Context
from participation.web.facets import LONGEST, Facet, count_facet, fits_words

SORTS = {"newest": N_("Newest first"), "begins": N_("By first day"), "state": N_("Running first")}
FACETS = ("state", "field", "group", "area", "organisation", "year")
ORDER = tuple(PUBLIC[place] for place in (1, 0, 2, 3, 4))


@dataclass(frozen=True)
class Asked:
    q: str = ""
    state: str = ""
    field: str = ""
    group: str = ""
    area: str = ""
    organisation: str = ""
    year: str = ""
    sort: str = "newest"

    def fits(self, line: Line) -> bool:
        text = (line.title, line.summary, line.place)
        return (
            self.state in ("", line.state)
            and self.field in ("", line.field.key if line.field else "")
            and self.group in ("", line.group.slug if line.group else "")
            and self.organisation in ("", line.lead.slug)
            and self.year in ("", year_of(line))
            and (not self.area or not line.areas or self.area in (area.key for area in line.areas))
            and fits_words(self.q, text)
        )


def year_of(line: Line) -> str:
    return str(line.starts_on.year) if line.starts_on else ""


def everything(ctx: Context) -> tuple[Line, ...]:
    """The public register; read anew only after something was committed."""
    return ctx.recall(("pilots",), lambda: register(ctx.session))


def asked(ctx: Context) -> Asked:
    """The filters of the address; what cannot be one finds nothing, what is too long is cut."""
    given = {name: ctx.query.get(name, "")[:LONGEST].strip() for name in ("q", *FACETS)}
    sort = ctx.query.get("sort", "")
    return Asked(**given, sort=sort if sort in SORTS else "newest")


def found(ctx: Context, wanted: Asked) -> tuple[Line, ...]:
    """The pilots that fit, in the order that was asked for."""
    fitting = [line for line in everything(ctx) if wanted.fits(line)]
    if wanted.sort == "begins":
        fitting.sort(key=lambda line: line.starts_on or date.max)
    elif wanted.sort == "state":
        fitting.sort(key=lambda line: ORDER.index(line.state))
    return tuple(fitting)


def facets(ctx: Context, wanted: Asked) -> tuple[Facet, ...]:
    """Each facet counts what it would leave with the other filters as they are."""
    values: dict[str, Callable[[Line], Iterable[tuple[str, str]]]] = {
        "state": lambda line: [(line.state, ctx._(STATES[line.state]))],
        "field": lambda line: [(line.field.key, line.field.name.to(ctx.locale))] if line.field else [],
        "group": lambda line: [(line.group.slug, line.group.name.to(ctx.locale))] if line.group else [],
        "area": lambda line: [(area.key, area.name.to(ctx.locale)) for area in line.areas],
        "organisation": lambda line: [(line.lead.slug, line.lead.name.to(ctx.locale))],
        "year": lambda line: [(year_of(line), year_of(line))] if line.starts_on else [],
    }
    lines = everything(ctx)
    return tuple(count_facet(name, lines, wanted, values[name]) for name in FACETS)
