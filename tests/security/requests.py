"""A well-formed request for every route of the product: its address in the world of these tests, and its body."""
import re
from typing import Any

from participation.web.routing import Route
from tests.membership.scene import form_values
from tests.security import (
    answering, balloting, boarding, gathering, mapping, offering, panelling, piloting, recording, surveying,
    workshopping,
)
from tests.security.world import BASE_URL, World, name_of
from tests.support.page import Page

PHASE = {"title_ja": "意見", "starts_at": "2026-06-02T09:00", "features": ["propose"]}
PROCESS = {"title_ja": "ビジョン", "slug": "vision-2030"}
PROPOSAL = {"title": "A bench at the station", "body": "People wait long and there is nowhere to sit.",
            "process": "process-2"}
ANSWER = {"state": "accepted", "reasons": "We will build it next spring.", "department": "Parks, 078-000-0001",
          "next_report_on": "2027-01-10", "do": "publish"}
AMENDMENT = {"title": "A seat with a roof", "body": "People wait long, and it rains.", "reason": "It rains here."}
SECTION = {"heading_ja": "目的", "body_ja": "もっとよいまちに。", "seen": "0"}
SERVICE = {"name_ja": "道の通報", "name_en": "Road reports", "summary_ja": "写真で知らせます。", "owners": "example-1",
           "category": "transport", "state": "running", "since": "2026-06-01"}
SERVICE_JSON = {**SERVICE, "owners": ["example-1"]}
IMPROVEMENT = {"title": "もっと早く直す"}
PASSWORD = "correct horse battery staple"
OPINION = {"body": "もっと広い公園を。"}
CALL = {"opens_at": "2026-06-01T12:00", "closes_at": "2026-07-05T12:00", "contact_ja": "企画課"}
KPI = {"key": "trained", "name_ja": "育成人数", "kind": "output", "comparator": "at_least", "calendar": "fiscal"}
FIGURE = {"year": 2024, "value": 3, "citation": "Yearbook", "url": "https://example.jp/yearbook"}
FIGURES = "key,year,value,citation,url\nvisitors,2023,1,Yearbook,https://example.jp/yearbook\n"
QUARTER = {"users-total": "40", "satisfaction-total": "4.1", "users-gender-male": "18", "reason": "counted twice"}
QUARTERS = "quarter,dimension,segment,users,satisfaction\n2025-Q3,total,,9,4\n2025-Q3,gender,female,6,4\n"
REGISTER = "name,birth_date,postal_code\nKobe Hanako,1990-01-01,650-0001\n"
FILES = {"/admin/register": ("r.csv", REGISTER), "/secretariat/kpis/upload": ("f.csv", FIGURES),
         "/services/{slug}/reports/upload": ("q.csv", QUARTERS),
         "/documents/{slug}/edit/import": ("text.md", "# 一\n甲\n# 二\n乙\n")}
PURPOSE = {"key": "walk", "title_ja": "散歩", "summary_ja": "歩いた道を地図にします。", "categories": ["position"],
           "reason_ja": "道をよくするためです。", "retention_ja": "30日", "effect_ja": "地図が止まります。"}
PARTS = (boarding, panelling, recording, answering, balloting, gathering, mapping, offering, piloting, surveying,
         workshopping)
# By method and path; what is not named here needs no body.
BODIES: dict[str, Any] = {
    **{key: body for part in PARTS for key, body in part.BODIES.items()},
    "POST /workshops/{slug}/desk/facilitators": {"email": "other@example.test"},
    "POST /organisations/apply": form_values(77), "POST /organisations/apply/draft": form_values(77),
    "POST /organisations/{slug}/apply": form_values(1), "POST /api/v1/organisations": form_values(77),
    "PATCH /organisations/{slug}/profile": {"name_en": "Ours"},
    "POST /organisations/{slug}/people": {"email": "someone@example.test", "role": "signatory"},
    "POST /organisations/{slug}/leave": {"reason": "We close down."},
    "POST /organisations/{slug}/rules/{key}/articles/{article}": {"number": "1"},
    "DELETE /organisations/{slug}/rules/{key}/articles/{article}": {"number": "1"},
    "POST /organisations/{slug}/rules/{key}/signature": {"number": "1", "signatory_name": "Author",
        "signatory_title": "Head", "authority": "representative", "agree": "1", "sha256": "0" * 64},
    "PUT /rules/{key}/versions/{number:int}/renewal": {"days": "30"},
    "POST /api/v1/rules/{key}/versions/{number:int}/signatures": {
        "organisation": "example-1", "articles": ["a1"], "signatory_name": "Author", "signatory_title": "Head",
        "statement": "We agree.", "sha256": "0" * 64},
    "PUT /consents/purposes/{key}/consent": {"version": "1"},
    "POST /consents/purposes/{key}/work": {"to": "retired", "sure": "yes"},
    "POST /consents/services": {"key": "train", "name_ja": "電車"}, "PUT /consents/purposes/{key}/words": PURPOSE,
    "POST /consents/services/{key}/purposes": PURPOSE, "POST /consents/services/{key}/tokens": {"name": "Nightly"},
    "PUT /consents/services/{key}/webhook": {"url": "https://hooks.example/consents"},
    "POST /api/v1/consent-checks": {"purpose": "watch", "subjects": ["nobody"]},
    "POST /api/v1/consent-links": {"code": "ABCD-EFGH-JKLM"},
    "POST /services/{slug}/feedback": {"satisfaction": "4"}, "PATCH /feedback/{token}": {"age_band": "65+"},
    "POST /api/v1/services/{slug}/feedback": {"satisfaction": 4},
    "POST /services/{slug}/reports/{quarter}/edit": QUARTER,
    "POST /services/{slug}/reports/{quarter}/edit/draft": QUARTER,
    "PUT /api/v1/services/{slug}/reports/{quarter}": {"reason": "counted twice", "figures": [
        {"dimension": "total", "users": 40, "satisfaction": 4.1},
        {"dimension": "gender", "segment": "male", "users": 8}]},
    "POST /services/new": SERVICE, "PATCH /services/{slug}": SERVICE, "POST /api/v1/services": SERVICE_JSON,
    "PATCH /api/v1/services/{slug}": {"summary_ja": "もっと早く直します。"},
    "POST /services/{slug}/state": {"to": "ended", "day": "2026-06-02", "reason": "Another one does the same."},
    "POST /services/{slug}/backlog": IMPROVEMENT, "POST /api/v1/services/{slug}/backlog": IMPROVEMENT,
    **{f"{verb} {start}/backlog/{{id:int}}{end}": body for start in ("", "/api/v1") for verb, end, body in (
        ("PATCH", "", {**IMPROVEMENT, "reason": "clearer"}), ("POST", "/transitions", {"to": "triaged"}),
        ("POST", "/merge", {"reason": "the same wish"}))},
    "POST /backlog/{id:int}/helped": {"answer": "yes"}, "PUT /api/v1/backlog/{id:int}/helped": {"answer": "yes"},
    **{f"POST {start}/services/{{slug}}/inbox/{{source:int}}": {"kind": "reply", "text": "調べます。"}
       for start in ("", "/api/v1")},
    "POST /secretariat/members/{id:int}": {"to": "suspended", "reason": "no report"},
    "POST /secretariat/processes": PROCESS, "PATCH /secretariat/processes/{id:int}": PROCESS,
    "POST /secretariat/processes/{id:int}/state": {"to": "archived"},
    "POST /secretariat/processes/{id:int}/phases": PHASE,
    "PATCH /secretariat/processes/{id:int}/phases/{phase:int}": PHASE,
    "POST /secretariat/processes/{id:int}/phases/{phase:int}/position": {"to": "up"},
    "POST /secretariat/site": {"name_ja": "神戸"},
    "POST /secretariat/{kind}": {"key": "suma", "name_ja": "須磨"},
    "POST /sign-up": {"email": "someone@example.test"}, "POST /sign-up/{key}": {"name": "Someone"},
    "POST /sign-in": {"email": "someone@example.test", "password": PASSWORD},
    "POST /sign-in/link": {"email": "someone@example.test"},
    "POST /reset": {"email": "someone@example.test"}, "POST /reset/{key}": {"password": PASSWORD},
    "POST /take-part": {"email": "someone@example.test"},
    "PUT /me/profile": {"name": "Hanako", "locale": "ja"},
    "POST /me/verification": {"name": "Kobe Hanako", "born": "1990-01-01", "address": "650-0001"},
    "POST /me/erase": {"sure": "1"}, "PUT /me/password": {"password": PASSWORD},
    "PUT /me/email": {"email": "fresh@example.test"}, "POST /me/tokens": {"name": "Script"},
    "POST /sign-in/oidc/{name}/join/{key}": {"name": "Hanako"},
    "POST /admin/accounts/{id:int}/roles": {"role": "secretariat"},
    "POST /admin/accounts/{id:int}/block": {"reason": "spamming"},
    "POST /admin/accounts/{id:int}/verifications": {"kind": "adult"},
    "POST /admin/register": {"kind": "resident"},
    "POST /subjects/{id:int}/comments": {"body": "A good idea"}, "PATCH /comments/{id:int}": {"body": "A better idea"},
    "POST /report/{id:int}": {"ground": "spam"}, "POST /appeal/{id:int}": {"text": "It was no advertising."},
    "PUT /secretariat/hidden/{id:int}": {"ground": "spam", "reason": "advertising"},
    "DELETE /secretariat/appeals/{id:int}": {"note": "It stays as it is."},
    "PUT /me/notifications": {"direct": "daily", "followed": "never"},
    "POST /proposals/new": PROPOSAL, "POST /proposals/drafts": PROPOSAL,
    "POST /proposals/{id:int}/edit": {**PROPOSAL, "reason": "clearer", "base_version": "1"},
    "POST /proposals/{id:int}/draft": PROPOSAL,
    "POST /proposals/{id:int}/answer": ANSWER,
    "POST /documents/new": {"kind": "plan", "title_ja": "計画", "slug": "plan-2030"},
    "POST /documents/{slug}/edit": {"title_ja": "目指す姿"}, "POST /documents/{slug}/edit/draft": {"title_ja": "目指す姿"},
    "POST /documents/{slug}/edit/sections": {"heading_ja": "方針"},
    "POST /documents/{slug}/edit/sections/{key}": SECTION, "POST /documents/{slug}/edit/sections/{key}/draft": SECTION,
    "POST /documents/{slug}/edit/sections/{key}/position": {"to": "up"},
    "POST /documents/{slug}/edit/import": {"language": "ja", "how": "replace"},
    "POST /documents/{slug}/edit/publication": {"stage": "draft"},
    "POST /proposals/{id:int}/merge": {"reason": "the same wish", "do": "merge"},
    "POST /proposals/{id:int}/authors": {"whom": "other@example.test"},
    "POST /proposals/{id:int}/amendments": AMENDMENT, "POST /api/v1/proposals/{id:int}/amendments": AMENDMENT,
    **{f"POST {start}/amendments/{{id:int}}/{verdict}": {"seen_version": 1, "note": "It says it better."}
       for start in ("", "/api/v1") for verdict in ("acceptance", "rejection")},
    "POST /api/v1/comments": {"body": "A good idea"},
    "POST /api/v1/processes/{slug}/proposals": {**PROPOSAL, "publish": True},
    "PATCH /api/v1/proposals/{id:int}": {"title": "A bench, at last", "reason": "clearer"},
    "POST /api/v1/proposals/{id:int}/answer": ANSWER,
    "POST /api/v1/proposals/{id:int}/merge": {"reason": "the same wish"},
    "POST /documents/{slug}/{version:int}/public-comment": CALL,
    "POST /documents/{slug}/{version:int}/public-comment/extension": {
        "closes_at": "2030-01-01T17:00", "reason_ja": "祭りと重なるため"},
    "POST /documents/{slug}/{version:int}/opinions": OPINION,
    "POST /documents/{slug}/{version:int}/opinions/draft": OPINION,
    "POST /api/v1/documents/{slug}/versions/{number:int}/opinions": OPINION,
    "POST /secretariat/opinions/{id:int}/letters": {**OPINION, "received_on": "2026-06-01"},
    "POST /secretariat/opinion-groups/{id:int}/responses": {"outcome": "for_reference", "view_ja": "参考にします。"},
    "POST /secretariat/kpis": KPI, "PATCH /secretariat/kpis/{key}": KPI,
    "PUT /secretariat/kpis/{key}/targets": {"year": "2031", "value": "12"},
    "POST /secretariat/kpis/tree": {"level": "issue", "key": "ageing", "name_ja": "高齢化"},
    "POST /secretariat/kpis/{key}/measurements": FIGURE, "POST /api/v1/kpis/{key}/measurements": FIGURE,
    "POST /api/v1/opinion-groups/{id:int}/responses": {"outcome": "for_reference", "view_ja": "参考にします。"},
    "POST /api/v1/opinion-groups/{id:int}/groups": {"groups": [1]},
    "PUT /secretariat/opinion-groups/{id:int}/wording": {"wording": "公園についての意見"},
    "POST /organisations/{slug}/reports/{key}/{article}/{year:int}": {"text": "出前授業を三回行い、九十人が参加しました。"},
    "POST /organisations/{slug}/reports/{key}/{article}/{year:int}/draft": {"text": "出前授業を"},
    "POST /secretariat/yearly-reports/{id:int}": {"to": "accepted"},
}
QUERIES = {"GET /api/v1/audit/proof": "?entry=1", "GET /api/v1/audit/consistency": "?from=1&to=1",
           "GET /proposals/similar": "?title=A+seat+at+the+stop", "GET /search": "?q=seat",
           "GET /services/{slug}/state": "?to=ended", "GET /pilots/{id:int}/transitions": "?to=evaluating",
           "GET /datasets/{slug}/state": "?to=withdrawn", "GET /challenges/{id:int}/state": "?to=withdrawn",
           "GET /surveys/{slug}/state": "?to=closed", "GET /api/v1/search": "?q=seat",
           "GET /kpis/{key}/records.csv": "?year=2026"}
# Which of the world's things the number in an address stands for.
COMMENTS = ("/comments/", "/report/", "/appeal/", "/secretariat/reports/", "/secretariat/hidden/",
            "/secretariat/appeals/")
KEYS = {"/sign-up/": "sign-up", "/sign-in/link/": "sign-in", "/reset/": "reset",
        "/kpis/{key}/records": "figure", "/kpis": "kpi", "/secretariat/kpis": "kpi"}


def has_states(route: Route) -> bool:
    """Whether the address leads to a proposal, or to a comment on one, which may be in different states."""
    path = route.path.removeprefix("/api/v1")
    if name_of(route) == "POST /api/v1/comments":
        return True
    return "{id:int}" in path and path.startswith(("/proposals/", "/subjects/", *COMMENTS))


def address(world: World, route: Route, state: str) -> str:
    def fill(found: re.Match[str]) -> str:
        path, name = route.path.removeprefix("/api/v1"), found[1].split(":")[0]
        for part in PARTS:
            if path.startswith(part.STARTS):
                return str(part.value(world, path, name))
        return str(_value(world, path, name, state))
    asked = QUERIES.get(name_of(route)) or (gathering.query(world, route) if route.method == "GET" else "")
    return re.sub(r"\{([^}]+)\}", fill, route.path) + asked


def _value(world: World, path: str, name: str, state: str) -> Any:
    if name == "id" and path.startswith(("/proposals", "/subjects", *COMMENTS)):
        kind = "comment" if path.startswith(COMMENTS) and state != "draft" else "proposal"
        return world.things[kind, state]
    if name == "token" and path.startswith("/mandates/"):
        return world.things["mandate", ""]
    if path.startswith(("/consents/", "/me/consents")):
        key = "bus" if path.startswith("/consents/services") else "watch"
        return {"key": key, "purpose": "watch", "number": 1, "code": world.things["consent", ""],
                "id": world.things["service token", ""]}[name]
    if path.startswith(("/feedback/", "/services/", "/linked-voices/", "/backlog/")):
        return _of_services(world, path, name)
    if path.startswith(("/organisations/", "/certificates/")) and name != "id":
        return {"slug": world.things["organisation", "slug"], "key": "participation", "article": "a1", "year": 2025,
                "code": world.things["certificate", ""], "locale": "ja"}[name]
    if name == "id":
        starts = {"/organisations/by-id": world.things["organisation", ""], "/organisations": 10**6,
                  "/secretariat/members": world.things["organisation", ""],
                  "/admin/": world.target.id, "/me/notices": world.things["notice", ""],
                  "/secretariat/processes": world.process, "/processes/by-id": world.process,
                  "/kpis/by-id": world.things["kpi", ""], "/amendments": world.things["amendment", ""],
                  "/documents/by-id": world.things["document", "vision"],
                  "/secretariat/opinions": world.things["public comment", ""],
                  "/voices": world.things["voice", ""], "/opinion-groups": world.things["group", ""],
                  "/secretariat/opinion-groups": world.things["group", ""],
                  "/secretariat/yearly-reports": world.things["yearly report", ""]}
        return next((value for start, value in starts.items() if path.startswith(start)), world.others_key)
    if path.startswith(("/documents", "/rules")):
        slug = world.things["organisation", "slug"] if path.startswith("/rules") else "vision"
        found = {"slug": slug, "key": "s1" if path.startswith("/documents") else "participation", "version": 1,
                 "number": 1, "locale": "ja", "article": "a1", "kind": "organisation"}
        return found[name]
    if name == "receipt":
        return world.things["receipt", ""]
    if name == "key":
        return world.things["key", next((key for start, key in KEYS.items() if path.startswith(start)), "sign-up")]
    values = {"phase": world.things["phase", ""], "slug": "process-2", "token": world.things["token", ""],
              "number": 1, "year": 2030, "role": "auditor", "name": "0" * 64 + ".webp",
              "kind": "areas" if path.startswith("/secretariat") else "resident"}
    return values[name]


def _of_services(world: World, path: str, name: str) -> Any:
    if path.startswith("/backlog/"):
        place = "outcome" if "outcomes" in path else "released" if path.endswith("helped") else ""
        return world.things["backlog", place]
    if name == "source":
        return world.things["feedback", ""]
    if path.startswith("/linked-voices/"):
        return world.things["service" if name == "target" else "feedback", ""]
    return world.things["feedback" if path.startswith("/feedback/") else "service", "" if name == "id" else name]


def send(world: World, role: str, route: Route, state: str, **headers: str) -> Page:
    """The request of this role as its browser (or its program, for the API) would send it."""
    body = {**BODIES.get(name_of(route), {}), **gathering.more(world, route)}
    if name_of(route) == "POST /api/v1/comments":
        body["on"] = {"type": "proposal", "id": world.things["proposal", state]}
    if route.path.startswith(("/secretariat/opinion-groups", "/api/v1/opinion-groups")) and "groups" not in body:
        body["opinion"] = world.things["opinion", ""]
    if route.path == "/consents/services":
        body["controller"] = str(world.things["organisation", ""])
    if route.path.startswith(("/linked-voices/", "/api/v1/linked-voices/")):
        body["source"] = world.things["feedback", ""]
    if route.path.endswith("/merge"):
        other = world.things["backlog", "other"] if "/backlog/" in route.path else world.other_proposal
        body["into"] = other if route.api else str(other)
    browser = world.browsers[role]
    path = address(world, route, state)
    if route.api:
        said = {"Authorization": f"Bearer {world.tokens[role]}"} if role in world.tokens else {}
        return browser.request(route.method, path, json=body, headers={"Accept": "application/json", **said, **headers})
    if route.method == "GET":
        return browser.get(path, headers=headers)
    files = {"file": FILES[route.path]} if route.path in FILES else None
    form = {"csrf": world.csrf(role), "_method": route.method, **body}
    sent = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin", **headers}
    return browser.request("POST", path, data=form, files=files, headers=sent)


def class_of(page: Page) -> str:
    """o done or shown, s sign in first, f forbidden, n not there, c conflict, i refused because of what was sent,
    g gone, b not readable."""
    if page.status in (200, 201, 204, 303, 307):
        return "s" if (page.location or "").startswith("/sign-in?next=") else "o"
    return {400: "b", 401: "s", 403: "f", 404: "n", 409: "c", 410: "g", 422: "i"}.get(page.status, str(page.status))
