"""A counted ballot as a file that anybody can count again with `sanpo tally FILE`, and its result as a table."""

from collections.abc import Iterator
from typing import Any

from participation.policy import Actor, ensure
from participation.web import Context, Response, get, json_answer
from participation.web.csv import csv_answer
from proposals.ballots.counting import Rules
from proposals.ballots.policy import may_see_result
from proposals.ballots.queries import BallotView, OptionView, ballot_view, published_list

EVERYTHING = 10_000_000
FORMAT = 1
HEADS = ("option", "title", "cost", "count", "place", "won")


def ballot_file(ctx: Context, view: BallotView) -> dict[str, Any]:
    """`ballots` are sorted by receipt; where a list would tell who chose what it is empty, and `withheld` says why.

    `rules` hold the seed of the tie-break: SHA-256 of the line `seed` and of `ballots_sha256`, with a line feed
    between them; the SHA-256 of `seed` alone was shown from the opening on.
    """
    ensure(may_see_result(ctx.actor, view.case))
    result = view.result
    listed = published_list(ctx.session, ctx.actor, view.slug, ctx.now, limit=EVERYTHING)
    drawn = Rules.from_json({**view.rules, "method": view.method, "seed": result.tie_seed if result else ""})
    return {
        "sanpo": FORMAT,
        "ballot": view.slug,
        "title": view.title.to(ctx.locale),
        "rules": drawn.to_json(),
        "options": [
            {"id": option.key, "title": option.title.to(ctx.locale), "cost": option.cost}
            for option in _in_order(view)
        ],
        "ballots": [
            {"receipt": each.receipt, "choice": each.choice, **({} if view.secret else {"voter": each.voter})}
            for each in listed.ballots
        ],
        "withheld": listed.withheld,
        "result": dict(result.result) if result else None,
        "seed": view.seed,
        "ballots_sha256": result.ballots_sha256 if result else None,
        "rules_sha256": view.rules_sha256,
        "result_sha256": result.sha256 if result else None,
        "ballots_count": result.ballots if result else None,
        "valid": result.valid if result else None,
    }


def result_rows(ctx: Context, view: BallotView) -> Iterator[tuple[Any, ...]]:
    """A row for each option (or answer): what decided at first, its place, whether it won."""
    result = view.result.result if view.result else {}
    counts, winners, order = result.get("counts", {}), result.get("winners", []), result.get("order", [])
    shown = {option.key: option for option in _in_order(view)}
    for key in shown or counts:
        option = shown.get(key)
        place = order.index(key) + 1 if key in order else ""
        title, cost = (option.title.to(ctx.locale), option.cost) if option else (key, 0)
        yield key, title, cost, counts.get(key, 0), place, int(key in winners)


def _in_order(view: BallotView) -> list[OptionView]:
    return sorted(view.options, key=lambda option: option.position)


def _view(ctx: Context, actor: Actor) -> BallotView:
    view = ballot_view(ctx.session, actor, ctx.path["slug"], ctx.now)
    ensure(may_see_result(actor, view.case))
    return view


def download(ctx: Context) -> Response:
    view = _view(ctx, ctx.actor)
    name = f'attachment; filename="ballot-{view.slug}.json"'
    return json_answer(ballot_file(ctx, view), headers={"content-disposition": name})


def table(ctx: Context) -> Response:
    view = _view(ctx, ctx.actor)
    return csv_answer(f"result-{view.slug}", HEADS, result_rows(ctx, view))


def export(ctx: Context) -> Response:
    """The counted ballots, the rules and the result in one file, once the result is published."""
    return json_answer(ballot_file(ctx, _view(ctx, ctx.actor)))


ROUTES = (
    get("/ballots/{slug}/ballots.json", download, limit="ballots_file"),
    get("/ballots/{slug}/result.csv", table, limit="ballots_file"),
)
