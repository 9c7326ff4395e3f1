"""A text is taken over from a file, cut at its headings; a file that cannot be used changes nothing."""
import io
import zipfile

import pytest

from rules.documents.editing.cutting import cut_file
from rules.documents.editing.docx import Unreadable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (f'<w:styles {W}><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
          '<w:style w:styleId="2"><w:name w:val="heading 2"/></w:style></w:styles>')


def paragraph(text: str, style: str = "", listed: bool = False) -> str:
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    about += '<w:numPr><w:numId w:val="1"/></w:numPr>' if listed else ""
    return f"<w:p><w:pPr>{about}</w:pPr><w:r><w:t>{text[:2]}</w:t></w:r><w:r><w:t>{text[2:]}</w:t></w:r></w:p>"


def docx(body: str, *, styles: str = STYLES, start: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{start}<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", styles)
    return buffer.getvalue()


def cut(name: str, data: str | bytes) -> list[tuple[str, str]]:
    return cut_file(name, data.encode() if isinstance(data, str) else data, "はじめに")


@pytest.mark.parametrize(("text", "sections"), [
    ("# 一\n甲\n\n# 二\n乙", [("一", "甲"), ("二", "乙")]),
    ("# 題\n\n## 一\n甲\n\n### 細かく\n丙\n\n## 二\n乙", [("一", "甲\n\n### 細かく\n\n丙"), ("二", "乙")]),
    ("まえがき\n\n# 一\n甲\n# 二", [("はじめに", "まえがき"), ("一", "甲"), ("二", "")]),
    ("一\n===\n甲\n\n二\n===\n- a\n- b", [("一", "甲"), ("二", "- a\n- b")]),
    ("# 一 #\n```\n# これは見出しでない\n```\n\n# 二\r\n乙", [("一", "```\n# これは見出しでない\n```"), ("二", "乙")]),
])
def test_markdown_is_cut_at_its_headings(text, sections):
    assert cut("vision.md", text) == sections


def test_letters_of_old_offices_are_read_too():
    assert cut("a.txt", "# 一\n表示\n# 二".encode("cp932")) == [("一", "表示"), ("二", "")]
    assert cut("a.md", "\ufeff# 一\n# 二\n".encode()) == [("一", ""), ("二", "")]


def test_word_is_cut_at_its_headings_whatever_its_styles_are_called():
    table = ("<w:tbl><w:tr><w:tc>" + paragraph("年度") + "</w:tc><w:tc>" + paragraph("目標") + "</w:tc></w:tr></w:tbl>")
    body = (paragraph("ビジョン", "1") + paragraph("目指す姿", "2") + paragraph("よいまち。") + paragraph("声を聞く", listed=True)
            + paragraph("直す", listed=True) + paragraph("指標", "2") + table)
    assert cut("vision.docx", docx(body)) == [
        ("目指す姿", "よいまち。\n\n- 声を聞く\n- 直す"), ("指標", "年度 | 目標")]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("data", [
    b"", b"PK\x03\x04 broken", b"%PDF-1.7", docx("")[:200], docx(paragraph("一"), start=BOMB),
    docx("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", start=OUTSIDE), docx("<w:p>"),
    docx(paragraph("見出しのない文")),
])
def test_a_file_that_is_no_word_file_is_refused(data):
    with pytest.raises(Unreadable):
        cut("text.docx", data)


def test_an_archive_that_unpacks_to_gigabytes_is_refused_before_it_does():
    bomb = docx("a" * 31_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(Unreadable, match="too large"):
        cut("bomb.docx", bomb)


def test_depth_is_no_danger():
    with pytest.raises(Unreadable):
        cut("deep.docx", docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000))


def test_a_file_on_the_page_replaces_the_text_and_keeps_the_keys_of_known_headings(desk, client):
    desk.begin(texts=[("目的", "前の文"), ("消える節", "前の文")])
    client.sign_in(desk.secretary).open("/documents/vision/edit/import")
    answer = client.submit(client.page, form="import", files={"file": ("v.md", "# 新しい節\n甲\n\n# 目的\n後の文\n".encode())})
    assert answer.location == "/documents/vision/edit"
    assert desk.text() == [("s3", "新しい節", "甲"), ("s1", "目的", "後の文")]


@pytest.mark.parametrize(("name", "data", "said"), [
    ("v.pdf", b"%PDF", "この種類のファイルは読み取れません"), ("v.md", b"no heading", "見出しがない"),
    ("v.docx", b"PK", "Wordファイルを読み取れません"), ("v.md", b"\xff\xfe\x00\x81", "文字を読み取れません"),
    ("v.md", "# 一\n".encode() + b"a" * 20_001, "節が長すぎます"),
])
def test_an_unsupported_file_is_told_and_nothing_is_lost(desk, client, name, data, said):
    desk.begin()
    client.sign_in(desk.secretary).open("/documents/vision/edit/import")
    page = client.submit(client.page, form="import", files={"file": (name, data)})
    assert (page.status, said in page.text) == (422, True)
    assert desk.text() == [("s1", "目的", "よいまちにする。")]
