"""From the address of the list to its filters, what they find, and how many each further filter would find."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from consortium.datasets.labels import ACCESS, FORMATS
from consortium.datasets.queries import Line, offered
from consortium.services.queries import Place
from participation.policy import N_
from participation.web import Context
from participation.web.facets import LONGEST, Facet, count_facet, fits_words

SORTS = {"newest": N_("Newest first"), "title": N_("By title"), "updated": N_("Changed last")}
FACETS = ("access", "format", "field", "owner", "area")
Values = Callable[[Line], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Asked:
    q: str = ""
    access: str = ""
    format: str = ""
    field: str = ""
    owner: str = ""
    area: str = ""
    sort: str = "newest"

    def fits(self, line: Line) -> bool:
        text = [*line.title.values(), *line.description.values(), *line.service.name.values()]
        return (
            self.access in ("", line.access)
            and self.format in ("", line.format)
            and self.field in ("", line.service.field.key if line.service.field else "")
            and (not self.owner or self.owner in (owner.slug for owner in line.service.owners))
            and (not self.area or not line.areas or self.area in (area.key for area in line.areas))
            and fits_words(self.q, text)
        )


def everything(ctx: Context) -> tuple[Line, ...]:
    """What is offered; read anew only after something was committed."""
    return ctx.recall(("datasets",), lambda: offered(ctx.session))


def asked(ctx: Context) -> Asked:
    """The filters of the address; what cannot be one finds nothing, what is too long is cut."""
    given = {name: ctx.query.get(name, "")[:LONGEST].strip() for name in ("q", *FACETS)}
    sort = ctx.query.get("sort", "")
    return Asked(**given, sort=sort if sort in SORTS else "newest")


def found(ctx: Context, wanted: Asked) -> tuple[Line, ...]:
    """The datasets that fit, in the order that was asked for."""
    fitting = [line for line in everything(ctx) if wanted.fits(line)]
    if wanted.sort == "title":
        fitting.sort(key=lambda line: line.title.to(ctx.locale))
    elif wanted.sort == "updated":
        fitting.sort(key=lambda line: line.updated_at, reverse=True)
    return tuple(fitting)


def facets(ctx: Context, wanted: Asked) -> tuple[Facet, ...]:
    """Each facet counts what it would leave with the other filters as they are."""
    lines = everything(ctx)
    values: dict[str, Values] = {
        "access": lambda line: [(line.access, ctx._(ACCESS[line.access]))],
        "format": lambda line: [(line.format, ctx._(FORMATS[line.format]))],
        "field": lambda line: [_pair(line.service.field, ctx.locale)] if line.service.field else [],
        "owner": lambda line: [(owner.slug, owner.name.to(ctx.locale)) for owner in line.service.owners],
        "area": lambda line: [(area.key, area.name.to(ctx.locale)) for area in line.areas],
    }
    return tuple(count_facet(name, lines, wanted, values[name]) for name in FACETS)


def _pair(place: Place, locale: str) -> tuple[str, str]:
    return place.key, place.name.to(locale)
