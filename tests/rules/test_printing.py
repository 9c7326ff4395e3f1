"""Each published version gets its PDF, later, in a process of its own."""

import pytest

from participation.press import print_now, run_press
from rules.documents.models import Stage
from rules.documents.printing import where
from tests.support.databases import on_sqlite


@on_sqlite
@pytest.mark.usefixtures("press")
def test_a_version_is_printed_once_with_its_japanese_words(desk, client, services, clock):
    desk.begin(texts=[("目的", "よいまちに**する**。\n\n- 声を聞く")])
    assert print_now(services, clock()) is False
    desk.publish(stage=Stage.DRAFT)
    assert "PDF(日本語)" not in client.open("/documents/vision").text
    assert print_now(services, clock()) is True
    answer = client.get(client.open("/documents/vision").link("PDF(日本語)"))
    assert answer.response.content[:5] == b"%PDF-"
    assert (answer.headers["content-type"], answer.headers["content-disposition"]) == (
        "application/pdf", 'attachment; filename="vision-1-ja.pdf"')
    assert print_now(services, clock()) is False
    assert client.get("/documents/vision/1/pdf/en").status == 404


@on_sqlite
@pytest.mark.usefixtures("press")
def test_nothing_is_fetched_for_a_print(desk, services, clock):
    desk.begin(texts=[("目的", "![x](/media/secret.webp) ![y](file:///etc/passwd)")])
    desk.publish()
    assert print_now(services, clock()) is True


@on_sqlite
def test_a_failed_print_is_told_in_the_log_and_tried_again_after_an_hour(services, clock, caplog, desk, monkeypatch):
    desk.vision()
    services.extras["worker"] = True
    monkeypatch.setattr("participation.press.sys.executable", "/bin/false")
    run_press(services, clock())
    clock.advance(minutes=1)
    run_press(services, clock())
    services.extras["press"].process.wait()
    run_press(services, clock())
    assert "could not be printed" in caplog.text
    run_press(services, clock())
    assert services.extras["press"].process is None
    clock.advance(hours=2)
    run_press(services, clock())
    assert services.extras["press"].process.wait() == 1


@on_sqlite
def test_pictures_are_swept_but_prints_stay(desk, services, clock):
    desk.vision()
    print_now(services, clock())
    (file,) = (services.settings.data / "uploads").glob("*.pdf")
    assert desk.ask(where, [file.name, "other.pdf"])[0][0] == file.name
