"""The demo's own pictures: SVG files of a few plain shapes, made into pixels when the story needs them.

Of SVG 1.1 (W3C Recommendation, chapter 9) it knows what these files hold: rect, circle, ellipse, polyline and polygon
in plain colours. They are our own files, read from beside the code.
"""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image, ImageDraw

FINE = 2  # times the pixels of the picture in each direction while it is drawn: edges become smooth
Attributes = Mapping[str, str]
Pen = ImageDraw.ImageDraw


def draw_svg(path: Path) -> bytes:
    """The picture as a PNG file, a pixel for each unit of its `viewBox`.

    Raises:
        KeyError: there is a shape in it that this does not draw.
    """
    root = ElementTree.parse(path).getroot()
    width, height = (int(each) * FINE for each in root.attrib["viewBox"].split()[2:])
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    for shape in root:
        SHAPES[shape.tag.rpartition("}")[2]](pen, shape.attrib)
    buffer = io.BytesIO()
    image.reduce(FINE).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _rect(pen: Pen, said: Attributes) -> None:
    left, top = _length(said, "x"), _length(said, "y")
    box = (left, top, left + _length(said, "width") - 1, top + _length(said, "height") - 1)
    pen.rounded_rectangle(box, _length(said, "rx"), **_looks(said))


def _ellipse(pen: Pen, said: Attributes) -> None:
    across, down = (_length(said, name) or _length(said, "r") for name in ("rx", "ry"))
    x, y = _length(said, "cx"), _length(said, "cy")
    pen.ellipse((x - across, y - down, x + across, y + down), **_looks(said))


def _polygon(pen: Pen, said: Attributes) -> None:
    pen.polygon(_points(said), **_looks(said))


def _polyline(pen: Pen, said: Attributes) -> None:
    looks, points = _looks(said), _points(said)
    pen.line(points, fill=looks["outline"], width=looks["width"], joint="curve")
    round_end = looks["width"] / 2
    for x, y in (points[0], points[-1]):
        pen.ellipse((x - round_end, y - round_end, x + round_end, y + round_end), fill=looks["outline"])


def _looks(said: Attributes) -> dict[str, object]:
    fill, stroke = said.get("fill", "none"), said.get("stroke")
    return {"fill": None if fill == "none" else fill, "outline": stroke, "width": round(_length(said, "stroke-width"))}


def _points(said: Attributes) -> list[tuple[float, float]]:
    pairs = (pair.split(",") for pair in said["points"].split())
    return [(float(x) * FINE, float(y) * FINE) for x, y in pairs]


def _length(said: Attributes, name: str) -> float:
    return float(said.get(name, 0)) * FINE


SHAPES: Mapping[str, Callable[[Pen, Attributes], None]] = {
    "rect": _rect,
    "circle": _ellipse,
    "ellipse": _ellipse,
    "polygon": _polygon,
    "polyline": _polyline,
}
