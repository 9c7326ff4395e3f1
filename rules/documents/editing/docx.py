"""The paragraphs of a Word file (Office Open XML, ECMA-376), read with nothing but the standard library.

The file comes from outside: only two parts of the archive are opened, each up to a limit whatever the archive says of
its size, and XML with a document type (the way of entities and of their bombs) is refused.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from participation.policy import N_

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
TEXT, STYLES = "word/document.xml", "word/styles.xml"
LARGEST = 30_000_000  # bytes of one part, unpacked
PARTS = 5_000  # entries of the archive
HEADING = re.compile(r"heading\s*([1-9])", re.IGNORECASE)
BROKEN = N_("This Word file cannot be read. Save it again as .docx, or as Markdown.")
TOO_LARGE = N_("This Word file is too large when unpacked.")


class Unreadable(Exception):
    """The file cannot be used; `message` is a message id, `values` fill its places."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message, self.values = message, values


@dataclass
class Paragraph:
    """`level` is 1 to 9 for headings, 0 for text."""

    text: str = ""
    level: int = 0
    listed: bool = False


def read_docx(data: bytes) -> list[Paragraph]:
    """The headings, paragraphs, list items and rows of tables, in order.

    Raises:
        Unreadable: it is no Word file, damaged, or larger than it should be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > PARTS:
                raise Unreadable(TOO_LARGE)
            text = _part(archive, TEXT)
            styles = _part(archive, STYLES) if STYLES in archive.namelist() else b""
        levels = _Styles(styles).levels if styles else {}
        return _Text(text, levels).paragraphs
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError,
            expat.ExpatError):  # fmt: skip
        raise Unreadable(BROKEN) from None


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        data = part.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unreadable(TOO_LARGE)
    return data


class _Reader:
    """Walks through a part; subclasses say what begins and ends of an element mean. Nothing is built up as a tree."""

    def __init__(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler = self.said
        parser.buffer_text = True
        parser.Parse(data, True)

    def _refuse(self, *about: Any) -> None:
        raise Unreadable(BROKEN)

    def _begin(self, name: str, given: dict[str, str]) -> None:
        if name.startswith(W):
            self.begin(name[len(W):], given.get(f"{W}val", ""), given)

    def _end(self, name: str) -> None:
        if name.startswith(W):
            self.end(name[len(W):])

    def begin(self, name: str, value: str, given: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def said(self, text: str) -> None: ...


class _Styles(_Reader):
    """Which styles are headings: their ids are the user's, their names are not ("heading 1" in every language)."""

    def __init__(self, data: bytes) -> None:
        self.levels: dict[str, int] = {}
        self.style = ""
        super().__init__(data)

    def begin(self, name: str, value: str, given: dict[str, str]) -> None:
        if name == "style":
            self.style = given.get(f"{W}styleId", "")
        elif name == "name" and self.style and (found := HEADING.fullmatch(value)):
            self.levels[self.style] = int(found[1])
        elif name == "outlineLvl" and self.style and value.isascii() and value.isdigit() and int(value) < 9:
            self.levels.setdefault(self.style, int(value) + 1)

    def end(self, name: str) -> None:
        if name == "style":
            self.style = ""


class _Text(_Reader):
    def __init__(self, data: bytes, levels: dict[str, int]) -> None:
        self.levels, self.paragraphs = levels, list[Paragraph]()
        self.now: Paragraph | None = None
        self.row: list[str] | None = None  # of the table that is being read; tables inside one are read as its text
        self.speaking = False
        super().__init__(data)

    def begin(self, name: str, value: str, given: dict[str, str]) -> None:
        if name == "p":
            self.now = Paragraph()
        elif name == "tr" and self.row is None:
            self.row = []
        elif name == "tc" and self.row is not None:
            self.row.append("")
        elif self.now is not None:
            self._inside(self.now, name, value)

    def _inside(self, paragraph: Paragraph, name: str, value: str) -> None:
        if name == "t":
            self.speaking = True
        elif name in ("tab", "br", "cr"):
            paragraph.text += " " if name == "tab" else "\n"
        elif name == "pStyle":
            paragraph.level = self.levels.get(value, 0)
        elif name == "outlineLvl" and value.isascii() and value.isdigit() and int(value) < 9:
            paragraph.level = int(value) + 1
        elif name == "numPr":
            paragraph.listed = True

    def end(self, name: str) -> None:
        if name == "t":
            self.speaking = False
        elif name == "p" and self.now is not None:
            self._finish(self.now)
            self.now = None
        elif name == "tr" and self.row is not None:
            cells = [" ".join(cell.split()) for cell in self.row]
            if any(cells):
                self.paragraphs.append(Paragraph(" | ".join(cells)))
            self.row = None

    def _finish(self, paragraph: Paragraph) -> None:
        if self.row:
            self.row[-1] += f" {paragraph.text}"
        elif paragraph.text.strip():
            self.paragraphs.append(paragraph)

    def said(self, text: str) -> None:
        if self.speaking and self.now is not None:
            self.now.text += text
