"""Turns every *.html of a folder into a *.pdf beside it: python -m participation.pdf FOLDER

A process of its own, started by `participation.press`: WeasyPrint takes 140 MB and a second to load, which no serving
process should carry. It fetches nothing, neither from the net nor a file but the stylesheets; pictures stand in the
page itself (data: addresses, RFC 2397).
"""

import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from participation.paths import STATIC

LOOKS = ("paper.css", "poster.css")


def main(folder: Path) -> None:
    looks = [CSS(filename=STATIC / look) for look in LOOKS]
    for page in sorted(folder.glob("*.html")):
        html = HTML(string=page.read_text(encoding="utf-8"), url_fetcher=URLFetcher(allowed_protocols=("data",)))
        html.write_pdf(page.with_suffix(".pdf"), stylesheets=looks)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
