"""A QR code as an SVG path (ISO/IEC 18004, level M), for pages and prints that draw it themselves."""

from collections.abc import Iterator
from itertools import groupby

import segno


def draw_qr(address: str) -> tuple[int, str]:
    """(modules along a side with the quiet zone, the dark ones as an SVG path in modules)."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=4)]
    return len(rows), "".join(_runs(rows))


def _runs(rows: list[list[int]]) -> Iterator[str]:
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                yield f"M{x} {y}h{width}v1h-{width}z"
            x += width
