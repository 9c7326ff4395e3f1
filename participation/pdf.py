"""Turns every *.html of a folder into a *.pdf beside it: python -m participation.pdf FOLDER

A process of its own, started by `participation.press`: WeasyPrint takes 140 MB and a second to load, which no serving
process should carry. It fetches nothing: neither the net nor a file but the one stylesheet.
"""

import sys
from pathlib import Path
from typing import NoReturn

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetchingError

from participation.paths import STATIC


def refuse(url: str, *_: object, **__: object) -> NoReturn:
    raise URLFetchingError(f"{url} is not fetched")


def main(folder: Path) -> None:
    look = CSS(filename=STATIC / "paper.css")
    for page in sorted(folder.glob("*.html")):
        html = HTML(string=page.read_text(encoding="utf-8"), url_fetcher=refuse)
        html.write_pdf(page.with_suffix(".pdf"), stylesheets=[look])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
