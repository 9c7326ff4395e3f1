"""A poster on one sheet of paper, for the browser and for the press."""

from collections.abc import Mapping
from dataclasses import dataclass

from participation.policy import N_
from participation.qr import draw_qr
from workshops.records.queries import PosterView

PARTS: dict[str, str] = {
    "for_whom": N_("For whom"),
    "problem": N_("Which problem it solves"),
    "big_idea": N_("The big idea"),
    "how": N_("How it works"),
}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A poster on one sheet of paper; `side` and `path` draw its QR code; `picture` is an address."""

    poster: PosterView
    labels: Mapping[str, str]
    paper: str
    picture: str
    url: str
    side: int
    path: str


def sheet(view: PosterView, base_url: str, paper: str, picture: str) -> Sheet:
    side, path = draw_qr(url := f"{base_url}{view.path}")
    return Sheet(poster=view, labels=PARTS, paper=paper, picture=picture, url=url, side=side, path=path)
