"""Filing and reviewing a report, as a browser without JavaScript does it."""
from tests.proposals.doors import Doors
from tests.reports.scene import TEXT, Reporting
from tests.support.client import Client


def test_a_report_is_kept_handed_in_returned_corrected_and_accepted(reporting: Reporting, client: Client) -> None:
    reporting.go(2026, 5, 1)
    slug = reporting.member.slug
    key = reporting.board.articles()[0].key
    desk, anybody = client.another(), client.another()
    client.sign_in(reporting.who)
    desk.sign_in(reporting.table.council.desk)
    form = client.open(client.open(f"/organisations/{slug}/dashboard").link("書く"))
    client.submit(form, {"text": "書きかけ"}, button="下書きを保存", follow=True)
    refused = client.submit(client.open(form.path), {"links": "ftp://x"}, button="報告を提出する")
    assert (refused.status, "ftp://x" in refused.html) == (422, True)
    client.submit(refused, {"text": TEXT, "links": "https://example.jp/r"}, button="報告を提出する", follow=True)
    cell = f"/rules/board/participation/{key}/organisation/{slug}"
    assert "事務局の確認を待っています" in anybody.open(cell).text
    assert TEXT not in anybody.open(cell).text
    case = desk.open(desk.open("/secretariat/yearly-reports").link("例1株式会社"))
    assert desk.submit(case, {"reason": ""}, button="差し戻す").status == 422
    desk.submit(case, {"reason": "人数を書いてください。"}, button="差し戻す", follow=True)
    again = client.open(form.path)
    assert "人数を書いてください。" in again.text
    client.submit(again, {"text": f"{TEXT} 九十人です。"}, button="報告を提出する", follow=True)
    desk.submit(desk.open(case.path), button="受理する", follow=True)
    shown = anybody.open(cell)
    assert "2025年度の報告は受理されています" in shown.text
    assert ("九十人です。" in shown.text, "人数を書いて" in shown.text, "https://example.jp/r" in shown.html) == (
        True, False, True)
    assert client.open(f"/organisations/{slug}/dashboard").html.count("/reports/") == 0


def test_a_draft_is_its_writers_own_and_what_is_not_asked_is_not_there(reporting: Reporting, doors: Doors) -> None:
    reporting.go(2026, 5, 1)
    path = reporting.asked().path
    reporting.save(text="まだだれにも見せない文")
    auditor = reporting.table.council.person(roles=("auditor",))
    people = (reporting.who, reporting.table.council.desk, auditor)
    assert [doors.form(who, "POST", f"{path}/draft", {"text": "x"}).status for who in people] == [200, 403, 403]
    for wrong in (path.replace("2025", "2019"), path.replace("2025", "2026"), path.replace("participation", "x")):
        assert doors.form(reporting.who, "POST", wrong, {"text": TEXT}).status == 404
    sent = doors.form(reporting.who, "POST", path, {"text": TEXT})
    assert sent.status == 303
    assert doors.form(reporting.who, "POST", path, {"text": TEXT}).status == 409
    doors.client.cookies.clear()
    doors.client.sign_in(auditor)
    assert TEXT in doors.client.open(doors.client.open("/secretariat/yearly-reports").link("例1")).text
