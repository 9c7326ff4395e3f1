"""Who hands in and corrects a report in which state; what stood there stays; tables come in whole or not at all."""
import re
from datetime import date
from itertools import product
from typing import Any

import pytest

from consortium.segments.models import TRANSITIONS, ReportState
from consortium.segments.quarters import Quarter, asked_quarters, quarter_of, read_quarter
from participation.organisations.models import MandateRole
from tests.proposals.doors import Doors
from tests.segments.scene import FIELDS, JSON, Reporting, figures
from tests.support.client import Client
from tests.support.databases import on_sqlite

OVER, RUNNING = "2025-Q4", "2026-Q1"
STATES = ("none", *ReportState)
ROLES = {None: 401, "citizen": 403, "other member": 403, "auditor": 403, "owner": 0, "signatory": 0, "secretariat": 0}
# what comes of it for those who may: saving a draft, handing in without a reason, and with one; by page and API
COMES = {"none": (303, 303, 303, 201, 201), "draft": (303, 303, 303, 201, 201), "submitted": (303, 422, 303, 422, 200)}


@on_sqlite
def test_each_role_does_in_each_state_what_the_table_says_by_page_and_api(reporting: Reporting, doors: Doors) -> None:
    catalogue = reporting.catalogue
    _, other = catalogue.member()
    who = {None: None, "citizen": catalogue.person(), "other member": other, "owner": reporting.owner,
           "signatory": catalogue.council.appoint(reporting.organisation, MandateRole.SIGNATORY, "Signatory"),
           "secretariat": catalogue.desk, "auditor": catalogue.person(roles=("auditor",))}
    tried = ((Doors.form, "POST", "edit/draft", {**FIELDS, "do": "save"}), (Doors.form, "POST", "edit", FIELDS),
             (Doors.form, "POST", "edit", {**FIELDS, "reason": "数え直し"}),
             (Doors.api, "PUT", "", JSON), (Doors.api, "PUT", "", {**JSON, "reason": "数え直し"}))

    def reported(state: str) -> str:
        """The address of a service whose report stands like this."""
        reporting.service = catalogue.service(reporting.organisation, days=500)
        if state == "draft":
            reporting.draft(OVER, {"users-total": "4"})
        if state == "submitted":
            reporting.hand_in(OVER, figures(9))
        return f"/services/{reporting.service.slug}/reports/{OVER}"
    untouched = {state: reported(state) for state in STATES}  # a refusal changes nothing
    for role, state in product(ROLES, STATES):
        seen = []
        for door, method, end, body in tried:
            path = f"{untouched[state] if ROLES[role] else reported(state)}/{end}".rstrip("/")
            seen.append(door(doors, who[role], method, path, body).status)
        assert tuple(seen) == (COMES[state] if not ROLES[role] else (ROLES[role],) * 5), (role, state)
    assert {state: set(TRANSITIONS[state]) for state in ReportState} == {
        state: {ReportState.SUBMITTED} for state in ReportState}, "the table of states is the one that is tried here"


@on_sqlite
def test_a_quarter_is_reported_once_it_is_over_and_nothing_else_has_an_address(
        reporting: Reporting, doors: Doors) -> None:
    for quarter, status in ((RUNNING, 403), ("2099-Q1", 403), ("2025-Q5", 404), ("x", 404)):
        path = f"{reporting.path}/reports/{quarter}"
        found = (doors.form(reporting.owner, "POST", f"{path}/edit", FIELDS).status,
                 doors.api(reporting.owner, "PUT", path, JSON).status)
        assert found == (status, status), quarter
    assert doors.api(None, "GET", f"{reporting.path}/reports/{OVER}").status == 404
    reporting.draft(OVER, FIELDS)
    assert doors.api(reporting.owner, "GET", f"{reporting.path}/reports/{OVER}").status == 404, "drafts are their own"
    form = doors.client.sign_in(reporting.owner).open(f"{reporting.path}/reports/{OVER}/edit")
    assert form.html.count('value="40"') == 1


def test_a_correction_says_why_and_what_stood_there_stays_readable(reporting: Reporting, doors: Doors) -> None:
    path = f"{reporting.path}/reports/{OVER}"
    assert doors.form(reporting.owner, "POST", f"{path}/edit", FIELDS).status == 303
    refused = doors.form(reporting.owner, "POST", f"{path}/edit", {**FIELDS, "users-total": "52"})
    assert (refused.status, 'value="52"' in refused.html, 'href="#reason"' in refused.html) == (422, True, True)
    fixed = {**FIELDS, "users-total": "52", "reason": "同じ人を二度数えていなかった"}
    assert doors.form(reporting.catalogue.desk, "POST", f"{path}/edit", fixed).status == 303
    (report,) = reporting.reports()
    assert [(each.number, each.reason, each.figures[0].users) for each in report.versions if each.figures] == [
        (2, fixed["reason"], report.versions[0].figures[0].users), (1, "", report.versions[1].figures[0].users)]
    page, told = doors.client.another().open(path), doors.api(None, "GET", path).json()
    assert (fixed["reason"] in page.text, "40" in page.text, "52" in page.text) == (True, True, True)
    totals = [row["figures"][0]["users"] for row in (told, *told["earlier"])]
    assert (told["version"], totals) == (2, [52, 40])


@on_sqlite
@pytest.mark.parametrize(("changed", "fields"), [
    ({"users-total": ""}, ["users-total"]), ({"users-total": "x", "satisfaction-total": "6"},
                                             ["users-total", "satisfaction-total"]),
    ({"satisfaction-total": ""}, ["satisfaction-total"]), ({"users-gender-other": "3"}, ["users-gender-female"]),
    ({"satisfaction-gender-other": "3"}, ["users-gender-other"]),
    ({"users-gender-female": "", "satisfaction-gender-female": "", "users-gender-male": "", "users-age_band-65+": ""},
     ["users-age_band-0-17"]), ({"satisfaction-total": "nan"}, ["satisfaction-total"])])
def test_what_is_wrong_is_said_at_its_field(
        reporting: Reporting, doors: Doors, changed: dict[str, str], fields: list[str]) -> None:
    page = doors.form(reporting.owner, "POST", f"{reporting.path}/reports/{OVER}/edit", {**FIELDS, **changed})
    assert page.status == 422
    assert re.findall(r'<a href="#([^"]+)">', page.html[page.html.index("error-summary"):])[:len(fields)] == fields
    assert reporting.reports() == ()
    odd: list[Any] = [5, [1], {}, {"figures": 3}, {"figures": [1]}, {"figures": [{"dimension": [1]}]},
                      {"figures": [{"dimension": "total", "users": "4"}]}, {"figures": JSON["figures"] * 2}]
    path = f"{reporting.path}/reports/{OVER}"
    assert [doors.api(reporting.owner, "PUT", path, body).status for body in odd] == [422] * len(odd)


HEAD = "quarter,dimension,segment,users,satisfaction,reason\n"
GOOD = "2025-Q4,total,,40,4.2,\n2025-Q4,gender,female,21,4,\n2025-Q3,total,,30,4,{}\n2025-Q3,living_area,suma,12,,\n"
BAD = ("2025-Q4,total,,40,9,\n2025-Q4,total,,3,,\n\n2025-Q9,total,,1,,\n2026-Q1,total,,1,,\n2025-Q4,colour,red,1,,\n"
       "2025-Q4,gender,red,1,,\n2025-Q3,gender,male,x,,\n")


@on_sqlite
def test_a_table_is_taken_in_whole_or_told_line_by_line_and_kept(reporting: Reporting, doors: Doors) -> None:
    reporting.hand_in("2025-Q3", figures(10))
    path = f"{reporting.path}/reports/upload"
    page = doors.form(reporting.owner, "POST", path, {"table": HEAD + BAD})
    told = re.findall(r'<tr><th scope="row">(\d+)</th><td data-l="列">([a-z]+)</td>', page.html)
    assert (page.status, told) == (422, [
        ("2", "satisfaction"), ("3", "segment"), ("5", "quarter"), ("6", "quarter"), ("7", "dimension"),
        ("8", "segment"), ("9", "users"), ("9", "users")])
    assert "2025-Q4,gender,red,1,," in page.html, "what was sent comes back"
    bare = doors.form(reporting.owner, "POST", path, {"table": HEAD + GOOD.format("")})
    assert (bare.status, "訂正する理由" in bare.text, len(reporting.reports())) == (422, True, 1)
    assert doors.form(reporting.owner, "POST", path, {"table": HEAD + GOOD.format("漏れ")}).status == 303
    assert [(each.quarter.key, each.newest.number, len(each.newest.figures)) for each in reporting.reports()] == [
        ("2025-Q4", 1, 2), ("2025-Q3", 2, 2)]
    for broken in ("", "a,b\n1,2", HEAD, '"', HEAD + 'x,"y'):
        assert doors.form(reporting.owner, "POST", path, {"table": broken}).status == 422


@on_sqlite
def test_the_template_has_a_line_for_each_segment_of_the_missing_quarters_and_can_be_sent_back(
        reporting: Reporting, client: Client) -> None:
    client.sign_in(reporting.owner)
    table = client.get(f"{reporting.path}/reports/template.csv").response.text
    lines = table.lstrip("\ufeff").splitlines()
    assert lines[1:3] == ['"2025-Q4","total","","","",""', '"2025-Q4","age_band","0-17","","",""']
    assert len(lines) == 1 + 1 + 5 + 3 + 2, "all users, ages, genders, the two living areas"
    filled = table.replace('"total","","",""', '"total","","12","3.5"').replace('"65+","",', '"65+","7",')
    form = client.open(f"{reporting.path}/reports/upload")
    files = {"file": ("report.csv", filled.encode(), "text/csv")}
    sent = client.submit(form, {}, form=f"{reporting.path}/reports/upload", files=files)
    assert (sent.status, reporting.reports()[0].newest.figures[0].users) == (303, 7)


@pytest.mark.parametrize(("day", "key", "begins", "ends"), [
    (date(2026, 3, 31), "2025-Q4", date(2026, 1, 1), date(2026, 3, 31)),
    (date(2026, 4, 1), "2026-Q1", date(2026, 4, 1), date(2026, 6, 30)),
    (date(2024, 12, 31), "2024-Q3", date(2024, 10, 1), date(2024, 12, 31))])
def test_quarters_follow_the_fiscal_year(day: date, key: str, begins: date, ends: date) -> None:
    quarter = quarter_of(day)
    assert (quarter.key, quarter.begins, quarter.ends, read_quarter(key)) == (key, begins, ends, quarter)
    assert (quarter.next.previous, Quarter(2026, 1).months) == (quarter, ("2026-04", "2026-05", "2026-06"))


def test_only_quarters_of_operation_in_the_catalogue_are_asked_for(reporting: Reporting) -> None:
    now = reporting.catalogue.clock()
    steps = (("running", date(2024, 5, 1)), ("ended", date(2026, 1, 10)))
    assert [each.key for each in asked_quarters(steps[:1], date(2025, 8, 1), now)] == ["2025-Q4", "2025-Q3", "2025-Q2"]
    assert [each.key for each in asked_quarters(steps, date(2025, 1, 1), now)] == ["2025-Q3", "2025-Q2", "2025-Q1"]
    assert asked_quarters((("planned", date(2024, 5, 1)),), date(2025, 1, 1), now) == ()
    assert asked_quarters(steps, None, now) == ()
