"""A pilot from its first word to a released service, with each refusal on the way: in a browser."""
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from consortium.membership.queries import MemberView
from participation.organisations.actions import appoint
from participation.organisations.models import MandateRole
from participation.policy import Actor
from tests.consents.scene import Centre
from tests.journeys.test_membership import Screen, environment, served
from tests.membership.scene import council
from tests.pilots.scene import Trial, trial
from tests.services.scene import catalogue
from tests.support.browser import PHONE
from tests.support.databases import on_sqlite

__all__ = ["catalogue", "council", "environment", "served", "trial"]
NEXT = "保存して次へ"


def fill(page: Page, then: str, values: dict[str, Any], *, choose: dict[str, str] | None = None) -> None:
    """A step of the form, and on to the next."""
    for name, value in values.items():
        page.locator(f"[name={name}]").first.fill(str(value))
    for name, value in (choose or {}).items():
        page.locator(f"select[name={name}]").first.select_option(value)
    page.get_by_role("button", name=NEXT).click()
    page.wait_for_url(f"**/{then}")


def write(screen: Screen, trial: Trial, lead: MemberView) -> str:
    """Every step of the form; the path of the pilot."""
    page = screen.open("/pilots/new")
    page.locator("[name=title]").fill("坂の送迎カート")
    page.locator(f"[name=organisation][value={lead.slug}]").check()
    page.get_by_role("button", name="書き始める").click()
    page.wait_for_url("**/edit/idea")
    path = "/" + "/".join(page.url.split("/")[3:5])
    fill(page, "partners", {"summary": "坂の上まで小さな車で送ります。", "body": "坂の多い町で、予約して乗れる小さな電動の車を試します。"},
         choose={"category": "mobility"})
    fill(page, "place", {"partners_name": "坂の上自治会", "partners_role": "停留所の世話"})
    fill(page, "data", {"starts_on": trial.today - timedelta(days=1), "ends_on": trial.today + timedelta(days=80),
                "place": "坂の上公園の前"})
    screen.visitor.look("pilots-01-data")
    fill(page, "measures", {"data_reason": "呼んだ人を迎えに行くため", "data_purpose": "cart-position"},
         choose={"data_category": "position"})
    fill(page, "plan", {"kpis_name": "乗った人", "kpis_unit": "人", "kpis_target": "300"})
    fill(page, "check", {"release_plan": "来年度から三つの町で始めます。", "exit_plan": "車を返し、記録を消して知らせます。",
                "operation": "交通の会社が運営します。", "access": "電話でも予約できます。", "cost_bearer": "市と会社",
                "support_contact": "078-000-0000"})
    return path


def sign(trial: Trial, found: MemberView, founder: Actor) -> None:
    """The founder is made signatory and signs the participation rule."""
    trial.do(appoint, trial.desk, found.id, founder.id, MandateRole.SIGNATORY)
    trial.catalogue.table.sign(found, trial.council.again(founder))


def step(screen: Screen, path: str, link: str, button: str) -> Page:
    """From the page of the pilot through the page that asks."""
    page = screen.open(path)
    page.get_by_role("link", name=link).click()
    page.get_by_role("button", name=button).click()
    return page


def evaluate(screen: Screen, path: str) -> None:
    page = screen.open(f"{path}/evaluation")
    for name, value in {"done": "三百二十人が乗りました。とても好評です。", "figures_0": "320",
                        "lessons": "雨の日は使う人が少なくなります。"}.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=advice][value=release]").check()
    page.get_by_role("button", name="評価を出す").click()
    page.wait_for_url("**#evaluation")
    screen.visitor.look("pilots-04-evaluated")


@on_sqlite
def test_a_pilot_becomes_a_service_once_nothing_is_missing(
        trial: Trial, served: str, visit: Callable[..., Any], client: Any) -> None:
    found, founder = trial.catalogue.member(signs=False)
    lead = Screen(visit(served, width=PHONE), client.people, founder)
    desk = Screen(visit(served), client.people, trial.desk)
    path = write(lead, trial, found)

    page = lead.visitor.page
    expect(page.locator(".notice.bad")).to_contain_text("署名")  # no current signature
    lead.visitor.look("pilots-02-unsigned")
    sign(trial, found, founder)
    lead.open(f"{path}/check").get_by_role("button", name="実証実験を申請する").click()

    page = desk.open(f"{path}/review")
    expect(page.get_by_text("公開された同意の利用目的が必要です")).to_be_visible()
    page.get_by_role("button", name="実証実験を承認する").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("坂の送迎カート")  # refused: no consent purpose
    Centre(trial.council).purpose("cart-position", categories=["position"])
    page = desk.open(f"{path}/review")
    desk.visitor.look("pilots-03-review")
    page.get_by_role("button", name="実証実験を承認する").click()
    expect(page.locator(".page-head .tag").first).to_have_text("承認・開始前")

    step(lead, path, "実証実験を始める", "実証実験を始める")
    page = step(lead, path, "試行を終えて評価に進む", "試行を終えて評価に進む")
    expect(page.locator(".page-head .tag").first).to_have_text("評価中")
    page = desk.open(f"{path}/transitions?to=released")
    expect(page.locator(".notice.bad")).to_contain_text("評価の報告がまだありません")  # no report

    evaluate(lead, path)

    page = step(desk, path, "サービスにする", "サービスにする")
    expect(page.locator(".page-head .tag").first).to_have_text("サービスになりました")
    page.get_by_role("link", name="サービスのページへ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("坂の送迎カート")
    expect(page.get_by_text("実証実験から生まれました")).to_be_visible()
    desk.visitor.look("pilots-05-service")
