"""Uploaded pictures: decoded and encoded anew, so that only pixels are kept, named by the hash of their content.

What a camera wrote into the file (place, device, owner) does not survive, nor does anything hidden in it.
"""

import hashlib
import io
import os
import secrets
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from participation.policy import N_

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_BYTES = 10_000_000
MAX_PIXELS = 24_000_000
LONGEST_SIDE = 1600  # pixels, as kept
QUALITY = 82
# What Pillow raises on files that are not what they say, or end too early.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError)
TOO_MANY_PIXELS = N_("A picture may have up to 24 megapixels. Please make it smaller.")


@dataclass(frozen=True)
class StoredPicture:
    """`name` is the file's below the folder of uploads; `width` and `height` in pixels."""

    name: str
    width: int
    height: int


class PictureRefused(Exception):
    """The file cannot be taken; the message id says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def store_picture(folder: Path, data: bytes) -> StoredPicture:
    """Keep a picture below `folder`; the same picture is kept once.

    Raises:
        PictureRefused: too large, animated, broken, or no PNG, JPEG or WebP.
    """
    encoded, (width, height) = _encode(data)
    name = f"{hashlib.sha256(encoded).hexdigest()}.webp"
    target = folder / name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{secrets.token_hex(8)}.part"
        with draft.open("wb") as file:
            file.write(encoded)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    else:
        os.utime(target)  # it is wanted again: the sweep counts from now
    return StoredPicture(name, width, height)


def store_uploads(folder: Path, files: Sequence[Any], most: int) -> tuple[list[StoredPicture], str]:
    """Keep the files of a form (the framework's uploads), at most `most`; those that were kept, and the message id of
    why the first of the others was not, or "" where all were.
    """
    stored, refusal = [], N_("These are too many pictures. Please choose fewer.") if len(files) > most else ""
    for upload in files[:most]:
        try:
            stored.append(store_picture(folder, upload.file.read(MAX_BYTES + 1)))
        except PictureRefused as error:
            refusal = refusal or error.message
    return stored, refusal


def _encode(data: bytes) -> tuple[bytes, tuple[int, int]]:
    if len(data) > MAX_BYTES:
        raise PictureRefused(N_("A picture may have up to 10 MB. Please choose a smaller one."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # asked about in our own words below
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                return _redraw(opened)
    except Image.DecompressionBombError:
        raise PictureRefused(TOO_MANY_PIXELS) from None
    except Image.UnidentifiedImageError:
        raise PictureRefused(N_("Please choose a PNG, JPEG or WebP picture.")) from None
    except BROKEN:
        raise PictureRefused(N_("This picture is damaged. Please save it anew and choose it again.")) from None


def _redraw(opened: Image.Image) -> tuple[bytes, tuple[int, int]]:
    if opened.width * opened.height > MAX_PIXELS:
        raise PictureRefused(TOO_MANY_PIXELS)
    if getattr(opened, "is_animated", False):
        raise PictureRefused(N_("Moving pictures cannot be taken. Please choose a still one."))
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG can be decoded at half the size, in a quarter of the time
    upright = ImageOps.exif_transpose(opened)
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    plain.info.clear()
    buffer = io.BytesIO()
    plain.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue(), plain.size
