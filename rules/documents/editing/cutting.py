"""From a file to sections: a Markdown or Word text is cut at its headings."""

import re
from collections import Counter
from collections.abc import Iterable

from participation.policy import N_
from participation.web.fields import clean
from rules.documents.editing.docx import Paragraph, Unreadable, read_docx
from rules.documents.editing.forms import LONGEST
from rules.documents.policy import MOST_SECTIONS

LARGEST = 10_000_000  # bytes of the file
HEADING_LONGEST = 200
ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+(.*?))?(?:[ \t]+#+)?[ \t]*")
UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
MARKDOWN, WORD = (".md", ".markdown", ".txt"), (".docx",)
WRONG_KIND = N_("This kind of file cannot be read. Please choose a Markdown (.md, .txt) or Word (.docx) file.")
WRONG_LETTERS = N_("The letters of this file cannot be read. Please save it as UTF-8.")
Cut = list[tuple[str, str]]  # heading and text


def cut_file(name: str, data: bytes, introduction: str) -> Cut:
    """The sections of an uploaded file; `introduction` heads what stands before the first heading.

    Raises:
        Unreadable: it is of another kind, damaged, without headings, or holds more than a version may.
    """
    if len(data) > LARGEST:
        raise Unreadable(N_("This file is larger than 10 MB."))
    if name.lower().endswith(MARKDOWN):
        found = cut(parse_markdown(_text(data)), introduction)
    elif name.lower().endswith(WORD):
        found = cut(read_docx(data), introduction)
    else:
        raise Unreadable(WRONG_KIND)
    if not found:
        raise Unreadable(N_("No heading was found in this file, so it cannot be cut into sections."))
    if len(found) > MOST_SECTIONS:
        raise Unreadable(N_("A version holds up to 500 sections."))
    for heading, body in found:
        if len(heading) > HEADING_LONGEST or len(body) > LONGEST:
            raise Unreadable(N_("The section “%(heading)s” is too long."), heading=heading[:40])
    return found


def cut(paragraphs: Iterable[Paragraph], introduction: str) -> Cut:
    """At the headings of the highest level that occurs more than once (a single one above them is the title of the
    document); deeper ones stay in the text, as Markdown headings."""
    everything = list(paragraphs)
    counts = Counter(each.level for each in everything if each.level)
    level = next((level for level in sorted(counts) if counts[level] > 1), max(counts, default=0))
    if not level:
        return []
    sections: list[tuple[str, list[str]]] = [(introduction, [])]
    for each in everything:
        text = clean(each.text)
        if each.level == level and text:
            sections.append((" ".join(text.split()), []))
        elif each.level > level:
            sections[-1][1].append(f"{'#' * min(each.level - level + 2, 6)} {' '.join(text.split())}")
        elif not each.level and text:
            sections[-1][1].append(f"- {text}" if each.listed else text)
    found = [(heading, _joined(lines)) for heading, lines in sections]
    return found if found[0][1] else found[1:]


def parse_markdown(text: str) -> list[Paragraph]:
    """Headings (`#` and underlined ones, CommonMark 4.2 and 4.3) and the blocks between them as they stand."""
    found: list[Paragraph] = []
    block: list[str] = []
    fence = ""
    for line in [*text.split("\n"), ""]:
        mark = FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        heading = None if fence or mark else _heading(line, block)
        if heading is not None:
            found += [Paragraph("\n".join(block))] if block else []
            found.append(heading)
            block = []
        elif line.strip() or fence:
            block.append(line)
        elif block:
            found.append(Paragraph("\n".join(block)))
            block = []
    return [*found, Paragraph("\n".join(block))] if block else found


def _heading(line: str, block: list[str]) -> Paragraph | None:
    """A heading that ends on this line; an underlined one takes its words from the block before."""
    if (atx := ATX.fullmatch(line)) is not None:
        return Paragraph(atx[2] or "", level=len(atx[1]))
    under = UNDERLINE.fullmatch(line)
    if under is not None and len(block) == 1 and not block[0].lstrip().startswith(("-", "*", ">", "|")):
        return Paragraph(block.pop().strip(), level=1 if under[1].startswith("=") else 2)
    return None


def _joined(lines: list[str]) -> str:
    """Items of one list stand together, everything else is parted by a blank line."""
    text = ""
    for before, line in zip(["", *lines], lines, strict=False):
        same_list = before.startswith("- ") and line.startswith("- ")
        text += ("\n" if same_list else "\n\n") + line if text else line
    return text


def _text(data: bytes) -> str:
    """UTF-8, or what Japanese offices saved before it (CP932)."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise Unreadable(WRONG_LETTERS)
