"""Files that are not what they say: refused with a message at the field, or only their pixels are kept."""
import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from participation.media import uploads
from tests.security.requests import PROPOSAL
from tests.security.world import BASE_URL, World
from tests.support.databases import on_sqlite
from tests.support.page import Page

pytestmark = on_sqlite
PLACE = b"GPSZQX-34.6901N"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (20, 90, 160)).save(buffer, kind, **options)
    return buffer.getvalue()


def with_place() -> bytes:
    """A photograph that says where it was taken, by whom and with what."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = PLACE.decode(), PLACE.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 41.0, 24.0), 3: "E", 4: (135.0, 11.0, 24.0)})
    return picture("JPEG", exif=exif, comment=PLACE)


def bomb() -> bytes:
    """A PNG of 30,000 by 30,000 pixels in a few kilobytes."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(4_000_000), 9)) + chunk(
        b"IEND", b"")


def moving() -> bytes:
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (0, 99, 200)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "WEBP", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "too many pixels": ("a.png", bomb), "an SVG": ("a.svg", lambda: SVG), "an SVG that says PNG": ("a.png",
    lambda: SVG),
    "HTML that says PNG": ("a.png", lambda: HTML), "a script": ("a.jpg", lambda: b"#!/bin/sh\nid"),
    "a PDF": ("a.pdf", lambda: b"%PDF-1.7\n"), "an archive": ("a.png", lambda: b"PK\x03\x04" + bytes(40)),
    "half a picture": ("a.png", lambda: picture(size=(400, 300))[:200]), "only its beginning": ("a.png",
    lambda: picture()[:8]),
    "half a photograph": ("a.jpg", lambda: picture("JPEG", (400, 300))[:300]), "moving": ("a.webp", moving),
    "a GIF": ("a.gif", lambda: picture("GIF")), "a TIFF": ("a.tif", lambda: picture("TIFF")),
    "an icon": ("a.ico", lambda: picture("ICO", (32, 32))), "one of 11 MB": ("a.png",
    lambda: picture() + bytes(11_000_000)),
    "wrong sums": ("a.png", lambda: picture()[:20] + b"\xff\xff\xff\xff" + picture()[24:])}
HARMLESS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a place in it": ("a.jpg", with_place), "HTML after its end": ("a.png", lambda: picture() + HTML),
    "a path for a name": ("../../../etc/passwd.png", picture), "a header for a name": ("a\r\nX-Evil: 1.png", picture),
    "a long name": ("a" * 300 + ".png", picture), "NUL in the name": ("a.png\x00.html", picture),
    "a page for a name": ('"><script>alert(1)</script>.html', picture), "another ending": ("a.exe", picture)}


def send(world: World, name: str, data: bytes) -> Page:
    form = {**PROPOSAL, "step": "save", "csrf": world.csrf("author")}
    return world.browsers["author"].request(
        "POST", "/proposals/new", data=form, files={"pictures": (name, data, "image/png")},
        headers={"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"})


@pytest.mark.asvs("1.3.4", "5.2.1", "5.2.2", "5.2.3")
def test_what_is_no_still_picture_is_refused_at_its_field(world: World) -> None:
    wrong = []
    for what, (name, make) in REFUSED.items():
        page = send(world, name, make())
        if page.status != 422 or "pictures-error" not in page.html or PROPOSAL["body"] not in page.html:
            wrong.append((what, page.status, "pictures-error" in page.html))
    assert wrong == []
    assert list(uploads(world.services.settings).glob("*")) == []


@pytest.mark.asvs("5.3.2", "5.4.2", "14.2.8")
def test_of_a_picture_only_the_pixels_are_kept(world: World) -> None:
    for what, (name, make) in HARMLESS.items():
        page = send(world, name, make())
        assert page.status == 303, (what, page.status)
    folder = uploads(world.services.settings)
    kept = sorted(folder.glob("*"))
    assert kept and all(len(path.name) == 69 and path.suffix == ".webp" for path in kept)
    for path in kept:
        data = path.read_bytes()
        assert PLACE not in data and b"Exif" not in data and b"<script" not in data
        with Image.open(io.BytesIO(data)) as opened:
            assert (opened.format, dict(opened.getexif())) == ("WEBP", {})
    assert not list(folder.parent.parent.rglob("passwd*"))


@pytest.mark.asvs("3.2.1", "8.2.2", "14.3.2")
def test_a_picture_of_a_draft_is_shown_to_its_authors_alone_and_can_do_nothing(world: World) -> None:
    send(world, "a.png", picture())
    name = next(uploads(world.services.settings).glob("*")).name
    assert {role: world.browsers[role].get(f"/media/{name}").status for role in world.browsers} == {
        **dict.fromkeys(world.browsers, 404), "author": 200}
    headers = world.browsers["author"].get(f"/media/{name}").headers
    assert (headers["content-type"], headers["x-content-type-options"]) == ("image/webp", "nosniff")
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["cache-control"] == "private, no-store"


def test_nothing_is_kept_of_a_visitor_who_is_not_signed_in(world: World) -> None:
    page = world.browsers["anonymous"].request("POST", "/proposals/new", data=PROPOSAL, headers={"Origin": BASE_URL},
                                               files={"pictures": ("a.png", picture(), "image/png")})
    assert page.status == 401 and list(uploads(world.services.settings).glob("*")) == []
