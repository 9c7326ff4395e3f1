"""A plan from its first draft to its adoption: opinions with and without an account, responses, what changed."""
import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.journeys.conftest import DemoCity
from tests.support.browser import DESK, PHONE, Visitor

TEXT = "# 計画\n\n## 同意\n\n原則として同意を得る。\n\n## 進め方\n\n声を聞く。\n"
PLAN = "/documents/plan-2040"
TYPED = quote("例外が見えません")
Visit = Callable[..., Visitor]


def test_a_plan_is_commented_on_answered_changed_and_adopted(city: DemoCity, visit: Visit, tmp_path: Path) -> None:
    desk = visit(city.url, width=DESK, language="ja")
    city.sign_in(desk, "secretariat")
    publish_a_first_draft(desk, tmp_path)
    call(desk)
    write_with_an_account(city, visit)
    write_without_an_account(city, visit)
    let_it_close(city)
    group_and_answer(desk, "原則として", "「原則として」を削りました。", "will_change")
    publish_the_next(desk)
    read_the_answers(city, visit)
    desk.open(f"{PLAN}/adoption")
    desk.page.get_by_text("市の考え方がまだありません").wait_for()
    desk.look("adoption-refused")
    desk.page.get_by_role("link", name="残っているものを見る").click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("データ計画")
    group_and_answer(desk, "読みやすい", "参考にします。", "for_reference")
    adopt(desk)


def publish_a_first_draft(desk: Visitor, folder: Path) -> None:
    page = desk.open("/documents/new")
    page.locator("#title_ja").fill("データ計画")
    page.locator("#slug").fill("plan-2040")
    page.get_by_role("radio", name="計画").check()
    page.locator("form.stack button.kaki").click()
    (file := folder / "plan.md").write_text(TEXT, encoding="utf-8")
    page.goto(f"{PLAN}/edit/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="取り込む").click()
    publish(page, "first_draft")


def publish(page: Page, stage: str) -> None:
    page.goto(f"{PLAN}/edit/publication")
    page.locator(f"input[name=stage][value={stage}]").check()
    page.get_by_role("button", name="公開して凍結する").click()
    expect(page.locator(".verbar")).to_be_visible()


def call(desk: Visitor) -> None:
    page = desk.open(f"{PLAN}/1/public-comment")
    page.get_by_role("button", name="意見募集を設定する").click()
    assert page.title().startswith("エラー")
    page.locator("#contact_ja").fill("企画課 078-000-0001")
    desk.look("public-comment-call")
    page.get_by_role("button", name="意見募集を設定する").click()
    expect(page.locator("#public-comment")).to_contain_text("意見募集中")


def open_box(page: Page, key: str) -> None:
    page.locator(f"#write-{key} summary").first.click()


def write_with_an_account(city: DemoCity, visit: Visit) -> None:
    """A formal opinion on a section, on a phone; typed words are saved, the fields open by their checkbox."""
    writer = visit(city.url, width=PHONE, language="ja")
    city.sign_in(writer, "citizen")
    page = writer.open(f"{PLAN}/1")
    open_box(page, "s1")
    box = page.locator("#s1-opinion-form")
    expect(box.locator("#s1-opinion-name")).not_to_be_visible()
    box.locator("#s1-opinion-formal").check()
    with page.expect_request(lambda sent: sent.url.endswith("/draft") and TYPED in (sent.post_data or "")):
        box.locator("#s1-opinion-body").fill("「原則として」の例外が見えません。")
        box.locator("#s1-opinion-name").focus()
    expect(box.locator("[data-autosave-status]")).to_contain_text("に保存")
    writer.look("opinion-box")
    page.reload()
    expect(page.locator("#s1-opinion-body")).to_have_value("「原則として」の例外が見えません。")
    page.locator("#s1-opinion-name").fill("例示 はるこ")
    page.locator("#s1-opinion-address").fill("神戸市例示町1")
    page.locator("#s1-opinion-form button[type=submit]").click()
    expect(page.get_by_role("heading", name="意見の受付")).to_be_visible()
    writer.look("opinion-receipt")


def write_without_an_account(city: DemoCity, visit: Visit) -> None:
    """Two light voices by one address, without a script: each with a mailed link."""
    writer = visit(city.url, width=PHONE, language="ja", javascript=False)
    for words in ("原則としてという言い方では例外が見えません。", "もっと読みやすい文にしてください。"):
        city.mailbox.clear()
        page = writer.open(f"{PLAN}/1/opinions/new")
        page.locator("#body").fill(words)
        page.get_by_role("button", name="意見を送る").click()
        if page.locator("input[name=email]").count():
            page.locator("input[name=email]").first.fill("guest-of-opinions@example.test")
            page.locator("form[action='/take-part'] button").first.click()
            link = city.mailbox.wait_for("guest-of-opinions@example.test").link("/take-part/")
            writer.open(link.removeprefix(city.url))
            page.locator("main form button").first.click()
        expect(page.get_by_role("heading", name="意見の受付")).to_be_visible()


def let_it_close(city: DemoCity) -> None:
    """A month passes: the times of the public comment lie that far back."""
    with sqlite3.connect(city.server.data / "sanpo.sqlite3", timeout=20) as live:
        live.execute("PRAGMA wal_autocheckpoint = 0")
        now = datetime.now(UTC).replace(tzinfo=None)
        newest = "WHERE id = (SELECT max(id) FROM public_comment)"
        live.execute(f"UPDATE public_comment SET opens_at = ?, closes_at = ? {newest}",
                     (f"{now - timedelta(days=31)}", f"{now - timedelta(minutes=1)}"))
    live.close()


def group_and_answer(desk: Visitor, words: str, view: str, outcome: str) -> None:
    page = desk.open("/secretariat/opinions")
    page.locator("main h2 a", has_text="データ計画").first.click()
    desk.look("opinions-desk")
    page.locator("tbody tr", has_text=words).filter(has_text="まだ").first.locator("a").click()
    alike = page.locator("fieldset", has_text="同じ趣旨と思われるもの").locator("label")
    if alike.count():
        alike.first.locator("input").check()
        page.get_by_role("button", name="この行にまとめる").click()
        page.locator("#title").fill("同意の例外が見えない")
    page.locator(f"input[name=outcome][value={outcome}]").check()
    page.locator("#view_ja").fill(view)
    if outcome == "will_change":
        page.get_by_label("同意", exact=True).check()
    desk.look("opinions-group")
    page.get_by_role("button", name="市の考え方を書く").click()


def publish_the_next(desk: Visitor) -> None:
    page = desk.open(f"{PLAN}/1")
    page.get_by_role("button", name="次の版を書き始める").click()
    page.goto(f"{PLAN}/edit/sections/s1")
    page.locator("#body_ja").fill("同意を得る。")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page).not_to_have_url(re.compile("sections/s1$"))
    publish(page, "draft")


def read_the_answers(city: DemoCity, visit: Visit) -> None:
    """The comparison leads to the row; the writer is mailed it, with its words."""
    reader = visit(city.url, width=PHONE, language="ja")
    page = reader.open(f"{PLAN}/compare?from=1&to=2")
    expect(page.locator("#s1 .why")).to_contain_text("同意の例外が見えない")
    reader.look("comparison-with-causes")
    page.locator("#s1 .why a").click()
    expect(page.locator("tbody tr").first).to_contain_text("「原則として」を削りました。")
    reader.look("responses")
    assert "例示 はるこ" not in page.content()
    mail = city.mailbox.wait_for("guest-of-opinions@example.test", "市の考え方", seconds=30)
    assert "「原則として」を削りました。" in mail.text and "/responses#row-" in mail.text


def adopt(desk: Visitor) -> None:
    page = desk.open(f"{PLAN}/adoption")
    page.locator("main form button").last.click()
    expect(page.locator("main")).to_contain_text("策定")
