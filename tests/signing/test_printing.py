"""Each signature gets its certificate on paper, whose code leads back to the page."""
from typing import Any

import pytest
import segno

from participation.press import print_now
from participation.services import Services
from participation.qr import draw_qr
from rules.signing.printing import where
from tests.signing.scene import Table
from tests.support.client import Client
from tests.support.databases import on_sqlite


@on_sqlite
@pytest.mark.usefixtures("press")
def test_a_certificate_is_printed_in_both_languages(table: Table, client: Client, services: Services) -> None:
    table.rule()
    found, who = table.member()
    code, _ = table.sign(found, who)
    while print_now(services, table.clock()):  # the rule itself first
        continue
    page = client.open(f"/certificates/{code}")
    for locale, label in (("ja", "日本語"), ("en", "英語")):
        answer = client.get(page.link(f"証明書のPDF({label})"))
        assert answer.response.content[:5] == b"%PDF-"
        assert answer.headers["content-disposition"] == f'attachment; filename="certificate-{code}-{locale}.pdf"'
    assert client.get(f"/certificates/{code}/pdf/fr").status == 404
    names = [file.name for file in (services.settings.data / "uploads").glob("*.pdf")]
    assert {number for _, number in table.ask(where, names)} == {found.id}


def test_the_drawing_holds_the_modules_of_the_code() -> None:
    address = "https://sanpo.test/certificates/ABCD2345ABCD2345"
    side, path = draw_qr(address)
    dark: set[tuple[int, int]] = set()
    for run in path.split("M")[1:]:
        place, width = run.split("h")[0].split(), int(run.split("h")[1].split("v")[0])
        dark |= {(int(place[0]) + step, int(place[1])) for step in range(width)}
    wanted: Any = segno.make(address, error="m", micro=False).matrix
    assert side == len(wanted) + 8
    assert dark == {(x + 4, y + 4) for y, row in enumerate(wanted) for x, module in enumerate(row) if module}
