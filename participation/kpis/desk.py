"""The secretariat's pages: definitions, targets, the goal tree."""

from dataclasses import dataclass

from sqlalchemy import select

from participation.kpis.actions import change_kpi, define_kpi, digits, kpi_by_key, set_target
from participation.kpis.forms import BranchForm, KpiForm, TargetForm, stored_values
from participation.kpis.labels import LEVELS
from participation.kpis.measuring import known_kpi
from participation.kpis.models import Kpi, KpiTarget, Level
from participation.kpis.planting import fell, plant
from participation.kpis.policy import may_keep, may_measure
from participation.kpis.queries import figures, kpis
from participation.kpis.showing import Card, card
from participation.kpis.tree import Node, goal_tree
from participation.policy import N_, Verdict, ensure
from participation.web import Context, Response, delete, get, page, patch, post, put, redirect

TAKEN = N_("There is already a KPI with this key.")
SAVED = N_("Saved.")


@dataclass(frozen=True)
class DeskPage:
    items: tuple[Card, ...]


@dataclass(frozen=True)
class EditPage:
    kpi: Kpi | None  # None: a new one
    form: KpiForm
    target_form: TargetForm | None
    targets: tuple[tuple[int, str, str, str, str], ...]  # year, key and name of the part, target, upper end
    may_measure: Verdict | None


@dataclass(frozen=True)
class TreePage:
    nodes: tuple[tuple[str, tuple[Node, ...]], ...]  # by level
    form: BranchForm
    editing: str


def index(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    found = kpis(ctx.session, ctx.services.registry, ctx.now)
    return page(ctx, "kpis/desk.html", DeskPage(tuple(card(ctx, view) for view in found)))


def new(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    given = {"kind": "output", "comparator": "at_least", "calendar": "fiscal"}
    form = KpiForm.filled(given, ctx._, choices=_sources(ctx))
    return page(ctx, "kpis/edit.html", EditPage(None, form, None, (), None))


def create(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    form = KpiForm.read(ctx.form, ctx._, choices=_sources(ctx))
    if form.ok and kpi_by_key(ctx.session, form.values["key"]) is not None:
        form.fail("key", TAKEN)
    if not form.ok:
        return page(ctx, "kpis/edit.html", EditPage(None, form, None, (), None), status=422)
    values = form.kpi_values()
    kpi = define_kpi(ctx.session, ctx.actor, values.pop("key"), values, now=ctx.now)
    ctx.say("ok", ctx._(N_("The KPI is defined. Now give it targets.")))
    return redirect(ctx, f"/secretariat/kpis/{kpi.key}")


def edit(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    kpi = known_kpi(ctx)
    return _edit(ctx, kpi, KpiForm.filled(stored_values(kpi), ctx._, choices=_sources(ctx, kpi)))


def save(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    kpi = known_kpi(ctx)
    data = {**{name: str(value) for name, value in ctx.form.multi_items()}, "key": kpi.key}
    form = KpiForm.read(data, ctx._, choices=_sources(ctx, kpi))
    if not form.ok:
        return _edit(ctx, kpi, form, status=422)
    values = form.kpi_values()
    values.pop("key")
    change_kpi(ctx.session, ctx.actor, kpi, values, now=ctx.now)
    ctx.say("ok", ctx._(SAVED))
    return redirect(ctx, f"/secretariat/kpis/{kpi.key}")


def save_target(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    kpi = known_kpi(ctx)
    form = TargetForm.read(ctx.form, ctx._, choices=_parts(kpi, ctx.locale))
    form.fit(kpi)
    if not form.ok:
        stored = KpiForm.filled(stored_values(kpi), ctx._, choices=_sources(ctx, kpi))
        return _edit(ctx, kpi, stored, target_form=form, status=422)
    part = form.values["part"] or ""
    set_target(ctx.session, ctx.actor, kpi, form.values["year"], form.aim(), part=part, now=ctx.now)
    ctx.say("ok", ctx._(SAVED))
    return redirect(ctx, f"/secretariat/kpis/{kpi.key}")


def remove_target(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    kpi, part = known_kpi(ctx), str(ctx.form.get("part", ""))
    set_target(ctx.session, ctx.actor, kpi, ctx.path["year"], None, part=part, now=ctx.now)
    ctx.say("ok", ctx._(N_("The target is taken away.")))
    return redirect(ctx, f"/secretariat/kpis/{kpi.key}")


def tree(ctx: Context) -> Response:
    """The tree, and the form: empty, or filled with the node that `?edit=` names."""
    ensure(may_keep(ctx.actor))
    nodes = goal_tree(ctx.session)
    node = next((each for each in nodes if each.key == ctx.query.get("edit", "")), None)
    stored = {}
    if node is not None:
        names = {f"name_{tongue}": node.name.get(tongue, "") for tongue in ("ja", "en")}
        stored = {"level": node.level, "key": node.key, **names, "parents": node.parents, "kpis": node.kpis}
    form = BranchForm.filled(stored, ctx._, choices=_branches(ctx, nodes))
    return page(ctx, "kpis/tree.html", _tree(ctx, nodes, form, node.key if node else ""))


def save_branch(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    nodes = goal_tree(ctx.session)
    form = BranchForm.read(ctx.form, ctx._, choices=_branches(ctx, nodes))
    if not form.ok:
        return page(ctx, "kpis/tree.html", _tree(ctx, nodes, form, ""), status=422)
    plant(ctx.session, ctx.actor, form.branch(), now=ctx.now)
    ctx.say("ok", ctx._(SAVED))
    return redirect(ctx, "/secretariat/kpis/tree")


def remove_branch(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    fell(ctx.session, ctx.actor, ctx.path["key"], now=ctx.now)
    ctx.say("ok", ctx._(SAVED))
    return redirect(ctx, "/secretariat/kpis/tree")


def _edit(
    ctx: Context, kpi: Kpi, form: KpiForm, *, target_form: TargetForm | None = None, status: int = 200
) -> Response:
    names = dict(_parts(kpi, ctx.locale)["part"])
    rows = ctx.session.scalars(
        select(KpiTarget).where(KpiTarget.kpi_id == kpi.id).order_by(KpiTarget.year, KpiTarget.part)
    )
    targets = tuple(
        (row.year, row.part, names.get(row.part, ""), digits(row.value), digits(row.high)) for row in rows
    )
    target_form = target_form or TargetForm(ctx._, _parts(kpi, ctx.locale))
    view = EditPage(kpi, form, target_form, targets, may_measure(ctx.actor, kpi))
    return page(ctx, "kpis/edit.html", view, status=status)


def _sources(ctx: Context, kpi: Kpi | None = None) -> dict[str, list[tuple[str, str]]]:
    """What can be computed; also what this KPI is computed from, should the component for it not be there."""
    known = {figure.name: ctx._(figure.label) for figure in figures(ctx.services.registry).values()}
    if kpi is not None and kpi.source:
        known.setdefault(kpi.source, kpi.source)
    return {"source": list(known.items())}


def _parts(kpi: Kpi, locale: str) -> dict[str, list[tuple[str, str]]]:
    return {"part": [(part["key"], part.get(locale) or part["ja"]) for part in kpi.split]}


def _branches(ctx: Context, nodes: tuple[Node, ...]) -> dict[str, list[tuple[str, str]]]:
    rows = ctx.session.execute(select(Kpi.key, Kpi.name).order_by(Kpi.position, Kpi.id))
    upper = [node for node in nodes if node.level != Level.MEASURE]
    return {
        "parents": [(node.key, f"{ctx._(LEVELS[node.level])}: {node.name.to(ctx.locale)}") for node in upper],
        "kpis": [(key, name.to(ctx.locale)) for key, name in rows],
    }


def _tree(ctx: Context, nodes: tuple[Node, ...], form: BranchForm, editing: str) -> TreePage:
    by_level = tuple((ctx._(LEVELS[level]), tuple(n for n in nodes if n.level == level)) for level in Level)
    return TreePage(by_level, form, editing)


ROUTES = (
    get("/secretariat/kpis", index),
    post("/secretariat/kpis", create),
    get("/secretariat/kpis/new", new),
    get("/secretariat/kpis/tree", tree),
    post("/secretariat/kpis/tree", save_branch),
    delete("/secretariat/kpis/tree/{key}", remove_branch),
    get("/secretariat/kpis/{key}", edit),
    patch("/secretariat/kpis/{key}", save),
    put("/secretariat/kpis/{key}/targets", save_target),
    delete("/secretariat/kpis/{key}/targets/{year:int}", remove_target),
)
