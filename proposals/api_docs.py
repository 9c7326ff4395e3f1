"""The description of the proposals' API."""

from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from proposals.forms import ApiChange, ApiDraft

REAL = {"type": "number"}
ANSWER = record_of(
    state=TEXT,
    reasons=TEXT,
    department=TEXT,
    cost=TEXT,
    starts_on=maybe(TEXT),
    next_report_on=maybe(TEXT),
    at=MOMENT,
)
PROPOSAL = record_of(
    id=NUMBER,
    url=TEXT,
    title=TEXT,
    body=TEXT,
    language=TEXT,
    state=TEXT,
    process=TEXT,
    category=maybe(TEXT),
    living_area=maybe(TEXT),
    lat=maybe(REAL),
    lng=maybe(REAL),
    author=record_of(name=TEXT, party=TEXT),
    supports_count=NUMBER,
    comments_count=NUMBER,
    version=NUMBER,
    merged_into=maybe(NUMBER),
    created_at=MOMENT,
    published_at=maybe(MOMENT),
    updated_at=MOMENT,
    answer=maybe(ANSWER),
)
FILTERS = {
    "q": "What to look for",
    "process": "Address of a process",
    "category": "Key of a category; may be given several times",
    "living_area": "Key of a living area",
    "state": "State; may be given several times",
    "party": "citizen, city or company",
    "sort": "newest, supported, discussed, active or random",
    **PAGES,
}
CREATE = Doc(PROPOSAL, ApiDraft, status=201, signed_in=True)
LIST = Doc(list_of(PROPOSAL), query=FILTERS)
SHOW = Doc(PROPOSAL)
CHANGE = Doc(PROPOSAL, ApiChange, signed_in=True)
