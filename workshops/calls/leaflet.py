"""The leaflet of a call on one sheet of A4, with its address as a QR code."""

from dataclasses import dataclass

from participation.qr import draw_qr
from participation.web import Context, Response, get, page
from workshops.labels import WHO
from workshops.queries import WholeWorkshop
from workshops.showing import read


@dataclass(frozen=True, kw_only=True)
class Leaflet:
    """`side` modules and the dark ones as an SVG path: see `draw_qr`."""

    whole: WholeWorkshop
    url: str
    who: tuple[str, ...]
    side: int
    code: str


def leaflet(ctx: Context) -> Response:
    whole = read(ctx)
    who = tuple(ctx._(WHO[each]) for each in whole.workshop.any_of if each in WHO)
    url = ctx.settings.base_url + whole.path
    side, code = draw_qr(url)
    return page(ctx, "workshops/calls/leaflet.html", Leaflet(whole=whole, url=url, who=who, side=side, code=code))


ROUTES = (get("/workshops/{slug}/leaflet", leaflet),)
