"""A result as its page shows it: who won, a bar for each option, the turnout, and the count step by step."""

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any
from unicodedata import east_asian_width

from sqlalchemy import select

from participation.subjects import Subject
from participation.web import Context
from proposals.ballots.cases import Case, ballot_case
from proposals.ballots.counting.exact import read_number
from proposals.ballots.counting.words import shown, tell, tell_tie
from proposals.ballots.models import Ballot, BallotOption, BallotResult, RunningCount, State
from proposals.ballots.policy import may_see_result
from proposals.ballots.results.answering import may_answer_by_ballot
from proposals.ballots.voting.slips import ANSWERS

BAR, ROW, WIDE = 340, 48, 360  # units of the drawing: the longest bar, a row, the whole
ROOM, FULL, HALF = 300, 14, 8  # of a title in the drawing, of a full-width letter and of any other; the table has all


@dataclass(frozen=True, kw_only=True)
class Bar:
    """An option in the drawing and in its table. `y`: of its row; `length`: of its bar."""

    key: str
    title: str
    short: str
    cost: int
    count: str
    won: bool
    place: int
    y: int
    length: int


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two options compared by all voters."""

    first: str
    second: str
    ahead: int
    behind: int


@dataclass(frozen=True, kw_only=True)
class ResultBlock:
    """`running`: a count so far, of a ballot that is not hidden. Without `eligible` nobody knows how many might."""

    slug: str
    method: str
    published: bool
    running: bool
    winners: tuple[str, ...]
    bars: tuple[Bar, ...]
    height: int
    width: int
    pairs: tuple[Pair, ...]
    steps: tuple[str, ...]
    ties: tuple[str, ...]
    ballots: int
    empty: int
    eligible: int
    percent: int
    quorum: int
    quorum_kind: str
    valid: bool
    cost: int
    budget: int
    tie_seed: str
    may_answer: bool


def result_block(ctx: Context, subject: Any) -> ResultBlock | None:
    """What stands on a ballot's page once there is something to show; None before. Five queries."""
    if not isinstance(subject, Subject) or subject.kind != "ballot":
        return None
    case = ballot_case(ctx.session, subject.id, ctx.now)
    if case.state == State.OPEN and not case.hidden:
        return _so_far(ctx, case)
    if not may_see_result(ctx.actor, case) or (row := ctx.session.get(BallotResult, case.id)) is None:
        return None
    figures = {"ballots": row.ballots, "eligible": row.eligible, "valid": row.valid, "tie_seed": row.tie_seed}
    return _block(ctx, case, json.loads(row.result), figures, published=case.state == State.PUBLISHED)


def _so_far(ctx: Context, case: Case) -> ResultBlock | None:
    row = ctx.session.get(RunningCount, case.id)
    if row is None or not row.ballots:
        return None
    figures = {"ballots": row.ballots, "eligible": 0, "valid": True, "tie_seed": ""}
    return _block(ctx, case, json.loads(row.result), figures, running=True)


def _block(
    ctx: Context, case: Case, result: Mapping[str, Any], figures: Mapping[str, Any], *, published: bool = False,
    running: bool = False,
) -> ResultBlock:  # fmt: skip
    ballot = ctx.session.get_one(Ballot, case.id)
    titles, costs = _options(ctx, case)
    bars = _bars(result, titles, costs)
    told = [step for step in result["steps"] if step["kind"] != "pair"]
    return ResultBlock(
        slug=case.slug,
        method=case.method,
        published=published,
        running=running,
        winners=tuple(titles.get(one, one) for one in result["winners"]),
        bars=bars,
        height=ROW * len(bars) + 4,
        width=WIDE,
        pairs=tuple(_pair(step, titles) for step in result["steps"] if step["kind"] == "pair"),
        steps=() if running else tuple(tell(step, titles, ctx.translations.gettext) for step in told),
        ties=() if running else tuple(tell_tie(tie, titles, ctx.translations.gettext) for tie in result["ties"]),
        empty=result["empty"],
        may_answer=bool(may_answer_by_ballot(ctx.actor, case)),
        percent=100 * figures["ballots"] // figures["eligible"] if figures["eligible"] else 0,
        quorum=ballot.quorum,
        quorum_kind=ballot.quorum_kind,
        cost=int(read_number(result["cost"])),
        budget=int(read_number(result["budget"])),
        **figures,
    )


def _options(ctx: Context, case: Case) -> tuple[dict[str, str], dict[str, int]]:
    """Titles and costs by key; the three answers of a yes or no ballot are options too."""
    rows = ctx.session.scalars(
        select(BallotOption).where(BallotOption.ballot_id == case.id).order_by(BallotOption.position)
    ).all()
    titles = {row.key: row.title.to(ctx.locale) for row in rows} or {key: ctx._(text) for key, text in ANSWERS.items()}
    return titles, {row.key: row.cost for row in rows}


def _bars(result: Mapping[str, Any], titles: Mapping[str, str], costs: Mapping[str, int]) -> tuple[Bar, ...]:
    counts = {key: Fraction(read_number(count)) for key, count in result["counts"].items()}
    most = max([*counts.values(), Fraction(1)])
    order = list(result["order"]) or sorted(counts, key=lambda key: (-counts[key], list(titles).index(key)))
    return tuple(
        Bar(
            key=key,
            title=titles.get(key, key),
            short=_short(titles.get(key, key)),
            cost=costs.get(key, 0),
            count=shown(read_number(result["counts"][key])),
            won=key in result["winners"],
            place=place + 1,
            y=ROW * place,
            length=int(BAR * max(counts[key], Fraction(0)) / most),
        )
        for place, key in enumerate(order)
    )


def _pair(step: Mapping[str, Any], titles: Mapping[str, str]) -> Pair:
    first, second = step["options"]
    numbers = step["numbers"]
    return Pair(first=titles.get(first, first), second=titles.get(second, second), ahead=numbers["for"],
                behind=numbers["against"])  # fmt: skip


def _short(title: str) -> str:
    """As much of it as fits beside the count."""
    ends = list(accumulate(FULL if east_asian_width(letter) in "WF" else HALF for letter in title))
    return title if not ends or ends[-1] <= ROOM else title[: bisect_right(ends, ROOM - FULL)] + "…"
