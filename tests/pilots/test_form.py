"""Writing a pilot: a step to a page, nothing typed is lost, the review stands beside the fields."""
from datetime import timedelta

from sqlalchemy import select

from consortium.pilots.models import Pilot
from tests.pilots.scene import S, Trial
from tests.proposals.doors import Doors
from tests.support.client import Client
from tests.support.databases import on_sqlite


def steps_of(trial: Trial) -> dict[str, dict[str, object]]:
    first, last = trial.today - timedelta(days=1), trial.today + timedelta(days=60)
    return {
        "idea": {"title": "坂の送迎カート", "summary": "坂の上まで小さな車で送ります。", "category": "mobility",
                 "body": "坂の多い町で、小さな電動の車を予約して乗れるようにします。だれが何回使うかを確かめます。"},
        "partners": {"partners_name": "坂の上自治会", "partners_role": "停留所を世話する"},
        "place": {"starts_on": first, "ends_on": last, "areas": "suma", "place": "坂の上公園の前", "lat": "34.65",
                  "lng": "135.13", "milestones_title": "最初の停留所", "milestones_due": last},
        "data": {"data_category": "not_personal", "data_reason": "何人乗ったかを数えるため"},
        "measures": {"kpis_name": "乗った人", "kpis_unit": "人", "kpis_baseline": "0", "kpis_target": "300"},
        "plan": {"release_plan": "来年度から三つの町で始めます。", "exit_plan": "車を返し、記録を消して知らせます。"}}


def written(trial: Trial, client: Client) -> str:
    """A pilot written through every page of its form; its address."""
    client.sign_in(trial.person)
    page = client.submit(client.open("/pilots/new"), {"title": "坂の送迎カート", "organisation": trial.lead.slug},
                         form="/pilots/new", follow=True)
    path = f"/pilots/{trial.ask(lambda s: s.scalars(select(Pilot)).one()).id}"
    assert page.path == f"{path}/edit/idea"
    steps = steps_of(trial)
    following = [*list(steps)[1:], "check"]
    for (step, values), after in zip(steps.items(), following, strict=True):
        page = client.submit(client.open(f"{path}/edit/{step}"), values, form=f"{path}/edit/{step}",
                             button="保存して次へ", follow=True)
        assert page.path.endswith(after), page.text
    assert "まだ足りない項目" not in page.text
    assert client.submit(page, form=f"{path}/transitions").status == 303
    return path


def test_the_review_stands_beside_the_fields_until_the_pilot_is_approved(trial: Trial, client: Client) -> None:
    path = written(trial, client)
    desk = client.another().sign_in(trial.desk)
    assert "坂の送迎カート" in desk.open("/secretariat/pilots").text
    refused = desk.submit(desk.open(f"{path}/review"), {"note_place": "夜も走りますか。"}, form=f"{path}/review",
                          button="直すために返す")
    assert (refused.status, "夜も走りますか。" in refused.text) == (422, True)
    desk.submit(refused, {"reason": "時間を書いてください。"}, form=f"{path}/review", button="直すために返す")
    page = client.open(f"{path}/edit/place")
    assert "夜も走りますか。" in page.text and "時間を書いてください。" in page.text
    client.submit(page, {"place": "坂の上公園の前、朝7時から夕方6時"}, form=f"{path}/edit/place", button="保存して次へ")
    client.submit(client.open(f"{path}/check"), {"reason": "時間を書きました。"}, form=f"{path}/transitions")
    assert "時間を書きました。" in desk.open(f"{path}/review").text
    desk.submit(desk.page, form=f"{path}/review", button="実証実験を承認する")
    assert client.another().open(path).title.startswith("坂の送迎カート")

@on_sqlite
def test_a_pilot_is_reported_on_evaluated_and_becomes_a_service(trial: Trial, client: Client) -> None:
    bare = dict.fromkeys(("operation", "cost_bearer", "support_contact", "access"), "")
    path = f"/pilots/{trial.pilot(S.APPROVED, **bare).id}"
    client.sign_in(trial.person)
    desk = client.another().sign_in(trial.desk)
    client.submit(client.open(f"{path}/transitions?to=running"), form=f"{path}/transitions")
    client.submit(client.open(f"{path}/reports/new"), {"done": "毎日走りました。", "figures_0": "120"}, form=f"{path}/reports")
    client.submit(client.open(f"{path}"), form=f"{path}/milestones/0")
    client.submit(client.open(f"{path}/transitions?to=evaluating"), form=f"{path}/transitions")
    assert "評価の報告がまだありません" in desk.open(f"{path}/transitions?to=released").text
    client.submit(client.open(f"{path}/evaluation"), {
        "done": "三百二十人が乗りました。", "figures_0": "320", "lessons": "雨の日は使う人が少なくなります。",
        "advice": "release"}, form=f"{path}/evaluation")
    assert "費用を負担する人" in desk.open(f"{path}/transitions?to=released").text
    client.submit(client.open(f"{path}/operation"), {
        "operation": "交通の会社が運営します。", "cost_bearer": "市と会社", "support_contact": "078-000-0000",
        "access": "電話でも予約できます。"}, form=f"{path}/operation")
    desk.submit(desk.open(f"{path}/transitions?to=released"), form=f"{path}/transitions")
    page = client.another().open(path)
    assert [word in page.text for word in ("サービスになりました", "320", "雨の日は使う人が少なくなります。", "達成")] == [True] * 4
    assert "実証実験から生まれました" in client.another().open("/services/service").text


@on_sqlite
def test_what_cannot_be_used_yet_is_kept_as_it_was_typed(trial: Trial, client: Client) -> None:
    pilot = trial.pilot(S.DRAFT)
    path = f"/pilots/{pilot.id}/edit/place"
    client.sign_in(trial.person)
    page = client.submit(client.open(path), {"starts_on": "来週から", "place": "坂の上", "lat": "34.6", "lng": ""},
                         form=path, button="保存して次へ")
    assert (page.status, "来週から" in page.html, "34.6\"" in page.html) == (422, True, True)
    kept = trial.again(pilot.id)
    assert (kept.typed, kept.starts_on, kept.place) == ({"starts_on": "来週から", "lat": "34.6"}, None, "坂の上")
    again = client.open(path)
    assert "来週から" in again.html
    client.submit(again, {"starts_on": str(trial.today), "lng": "135.1"}, form=path, button="保存して次へ")
    kept = trial.again(pilot.id)
    assert (kept.typed, kept.starts_on, kept.lat) == ({}, trial.today, 34.6)


@on_sqlite
def test_a_report_is_kept_as_it_is_typed_until_it_is_handed_in(trial: Trial, doors: Doors) -> None:
    path = f"/pilots/{trial.pilot(S.RUNNING).id}"
    said = {"done": "書きかけ", "figures_0": "12x"}
    assert "に保存" in doors.form(trial.person, "POST", f"{path}/reports/draft", said).text
    assert doors.form(trial.person, "POST", f"{path}/reports/draft", {**said, "do": "keep"}).status == 303
    page = doors.client.open(f"{path}/reports/new")
    assert ("書きかけ" in page.html, 'value="12x"' in page.html) == (True, True)
    assert doors.client.submit(page, {"done": "三十人が乗りました。", "figures_0": "30"}, form="done").status == 303
    assert "三十人" not in doors.client.open(f"{path}/reports/new").html
    assert doors.form(trial.desk, "POST", f"{path}/reports/draft", said).status == 403
