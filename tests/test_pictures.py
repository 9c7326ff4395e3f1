"""Uploaded pictures: what is kept is pixels alone, and nothing but pictures is kept."""
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from participation.pictures import PictureRefused, store_picture, store_uploads

RED = (255, 0, 0)


def encoded(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, RED).save(buffer, kind, **options)
    return buffer.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "CameraOfHanako"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[2] = (34.0, 41.0, 24.0)
    return encoded("JPEG", exif=exif)


def bomb() -> bytes:
    """A PNG of 30,000 x 30,000 pixels in a few hundred bytes."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1_000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def animated() -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "WEBP", save_all=True, append_images=frames[1:], duration=100)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_once_under_the_hash_of_its_content(tmp_path: Path, kind: str) -> None:
    first, again = (store_picture(tmp_path, encoded(kind)) for _ in range(2))
    assert first == again
    assert [path.name for path in tmp_path.iterdir()] == [first.name]
    with Image.open(tmp_path / first.name) as kept:
        assert (kept.format, kept.size) == ("WEBP", (40, 30))


def test_where_and_by_whom_it_was_taken_is_forgotten(tmp_path: Path) -> None:
    kept = store_picture(tmp_path, with_place())
    data = (tmp_path / kept.name).read_bytes()
    assert b"CameraOfHanako" not in data and b"EXIF" not in data.upper()
    assert (kept.width, kept.height) == (30, 40), "it was turned upright before its turning was forgotten"


def test_a_large_picture_is_made_smaller(tmp_path: Path) -> None:
    kept = store_picture(tmp_path, encoded("JPEG", (4_000, 3_000)))
    assert (kept.width, kept.height) == (1_600, 1_200)


@pytest.mark.parametrize(("data", "words"), [
    (bomb(), "megapixels"), (animated(), "still one"), (encoded("JPEG", (600, 400))[:900], "damaged"),
    (b"", "PNG, JPEG"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "PNG, JPEG"), (encoded("GIF"), "PNG, JPEG"),
    (encoded("PNG") + b"x" * 10_000_001, "10 MB"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "damaged|PNG, JPEG"),
], ids=["bomb", "animated", "cut off", "empty", "svg", "gif", "heavy", "garbage"])
def test_what_is_no_plain_picture_is_refused_in_words(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(PictureRefused, match=words):
        store_picture(tmp_path, data)
    assert list(tmp_path.iterdir()) == []


def test_what_is_hidden_behind_a_picture_is_not_kept(tmp_path: Path) -> None:
    kept = store_picture(tmp_path, encoded("PNG") + b"<script>alert(1)</script>")
    assert b"script" not in (tmp_path / kept.name).read_bytes()


def test_the_good_ones_of_a_form_are_kept_beside_the_bad_one(tmp_path: Path) -> None:
    class Upload:
        def __init__(self, data: bytes) -> None:
            self.file = io.BytesIO(data)

    stored, refusal = store_uploads(tmp_path, [Upload(encoded("PNG")), Upload(b"no picture")], most=3)
    assert len(stored) == 1 and "PNG, JPEG" in refusal
    assert store_uploads(tmp_path, [Upload(encoded("PNG"))] * 4, most=3)[1].startswith("These are too many")
