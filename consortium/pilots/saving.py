"""Between the form of a pilot and its records: what can be used goes to its place, the rest is kept as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consortium.groups.queries import group_choices
from consortium.membership.queries import members
from consortium.membership.standing import Standing
from consortium.pilots.whole import Whole
from participation.consents.queries import published_purposes
from participation.policy import N_
from participation.spaces.queries import places
from participation.web import Context
from participation.web.forms import Form

NOT_YET = N_("As it is typed, this cannot be used yet.")


@dataclass(frozen=True)
class Offers:
    """What may be chosen: numbers by key, and (key, name) to show."""

    fields: Mapping[str, int]
    groups: Mapping[str, int]
    areas: Mapping[str, int]
    members: Mapping[str, int]
    choices: dict[str, list[tuple[str, str]]]
    purposes: list[tuple[str, str]]
    centre: tuple[float, float]


def offers(ctx: Context) -> Offers:
    where, locale = places(ctx.session, ctx.locale), ctx.locale
    known = [view for view in members(ctx.session, ctx.now) if view.standing == Standing.MEMBER]
    purposes, groups = published_purposes(ctx.session), group_choices(ctx.session)
    return Offers(
        fields={each.key: each.id for each in where.categories},
        groups={each.slug: each.id for each in groups},
        areas={each.key: each.id for each in where.areas},
        members={each.slug: each.id for each in known},
        choices={
            "category": [(each.key, each.name) for each in where.categories],
            "group": [(each.slug, each.name.to(locale)) for each in groups],
            "areas": [(each.key, each.name) for each in where.areas],
            "partners": [(each.slug, each.name.to(locale)) for each in known],
        },
        purposes=[(each.key, f"{each.version.title.to(locale)} ({each.service.name.to(locale)})") for each in purposes],
        centre=where.centre,
    )


def sort_out(form: Form) -> tuple[dict[str, Any], dict[str, Any]]:
    """What can be used, with nothing where it cannot; and what was typed in those fields."""
    if form.errors:
        form.check()  # rules over several fields, which are not looked at where a single one is wrong
    values: dict[str, Any] = {}
    typed: dict[str, Any] = {}
    for name, field in form.fields.items():
        wrong = name in form.errors
        if not wrong:
            values[name] = form.values[name]
        elif name != "title":  # a pilot is never without one
            values[name] = [] if isinstance(form.raw[name], list) else field.empty()
        if wrong and (_filled(form.raw[name]) or name == "title"):
            typed[name] = form.raw[name]
    return values, typed


def to_columns(values: Mapping[str, Any], offered: Offers) -> dict[str, Any]:
    """By the names of the columns, with numbers for keys."""
    stored = dict(values)
    if "category" in stored:
        stored["category_id"] = offered.fields.get(stored.pop("category") or "")
    if "group" in stored:
        stored["working_group_id"] = offered.groups.get(stored.pop("group") or "")
    if "areas" in stored:
        stored["areas"] = [offered.areas[key] for key in stored["areas"]]
    if "partners" in stored:
        stored["partners"] = [
            {"organisation_id": offered.members.get(row["member"] or ""), "name": row["name"], "role": row["role"]}
            for row in stored["partners"]
        ]
    if "data" in stored:
        stored["data"] = [
            {"category": row["category"], "reason": row["reason"], "purpose_key": row["purpose"] or None}
            for row in stored["data"]
        ]
    return stored


def from_records(view: Whole) -> dict[str, Any]:
    """The values of the whole form as they are stored."""
    row, line = view.row, view.line
    plain = (
        "summary", "body", "place", "lat", "lng", "starts_on", "ends_on", "release_plan", "operation", "cost_bearer",
        "support_contact", "access", "exit_plan",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in plain},
        "title": line.title,
        "category": line.field.key if line.field else "",
        "group": line.group.slug if line.group else "",
        "areas": [area.key for area in line.areas],
        "partners": [
            {"member": each.organisation.slug if each.organisation else "", "name": each.name, "role": each.role}
            for each in view.partners
        ],
        "milestones": [{"title": each.title, "due": each.due} for each in view.milestones],
        "data": [{"category": u.category, "reason": u.reason, "purpose": u.purpose_key} for u in view.data],
        "kpis": [
            {"name": each.name, "unit": each.unit, "baseline": each.baseline, "target": each.target}
            for each in view.kpis
        ],
    }


def filled(ctx: Context, kind: type[Form], view: Whole, offered: Offers) -> Form:
    """A step of the form as it stands: the records, and over them what was typed and cannot be used yet."""
    form = kind.filled(from_records(view), ctx._, choices=offered.choices)
    for name, raw in view.row.typed.items():
        if name in kind.fields:
            form.raw[name] = raw
            form.errors[name] = ctx._(NOT_YET)
    return form


def _filled(raw: Any) -> bool:
    if isinstance(raw, list):
        return any(_filled(each) for each in raw)
    if isinstance(raw, dict):
        return any(_filled(each) for each in raw.values())
    return bool(str(raw).strip())

