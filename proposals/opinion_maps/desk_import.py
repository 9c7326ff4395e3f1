"""Bringing in at the desk what was asked on a Polis elsewhere: two files of its export, a report of each wrong line."""

from dataclasses import dataclass
from typing import Any

from participation.policy import N_, ensure
from participation.web import Context, Response, get, page, post, redirect
from participation.web.fields import Choice, Text, Upload
from participation.web.forms import Form
from proposals.opinion_maps.desk import ROOT, choices_of, look_for_name, processes_of
from proposals.opinion_maps.forms import NewMapForm, check_name
from proposals.opinion_maps.importing import Export, bring_in, read_export
from proposals.opinion_maps.policy import may_keep
from proposals.opinion_maps.tables import Problem, Unreadable

LARGEST = 32_000_000  # bytes of both files together; more than that is for the command
NOTHING = N_("Nothing was saved: please correct the files and upload them again.")


class ImportForm(Form):
    process = Choice(N_("Process"))
    slug = NewMapForm.fields["slug"]
    question = Text(N_("What was asked"), min=5, max=200)
    language = Choice(
        N_("Language of the question and the statements"), [("ja", N_("Japanese")), ("en", N_("English"))]
    )
    comments = Upload(N_("Statements (comments.csv)"), required=True, accept=".csv,text/csv")
    votes = Upload(N_("Votes (votes.csv)"), required=True, accept=".csv,text/csv")

    def check(self) -> None:
        check_name(self)


@dataclass(frozen=True)
class ImportPage:
    form: ImportForm
    problems: tuple[Problem, ...] = ()


def ask(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    form = ImportForm.filled({"language": ctx.locale}, ctx._, choices=choices_of(ctx))
    return page(ctx, "proposals/opinion_maps/import.html", ImportPage(form))


def take(ctx: Context) -> tuple[ImportForm, Export | None, tuple[Problem, ...]]:
    """Read both files line by line before the transaction, so that nobody waits for it."""
    ensure(may_keep(ctx.actor))
    form = ImportForm.read(ctx.form, ctx._, choices=choices_of(ctx))
    look_for_name(ctx, form)
    if not form.ok:
        return form, None, ()
    try:
        return form, read_export(form.values["comments"][0], form.values["votes"][0]), ()
    except Unreadable as error:
        form.fail("comments" if error.problems[0].file == form.values["comments"][0].filename else "votes", NOTHING)
        return form, None, error.problems


def bring(ctx: Context) -> Response:
    """A file with a wrong line changes nothing; what was typed stays."""
    taken: Any = ctx.prepared
    form, export, problems = taken
    if export is None:
        return page(ctx, "proposals/opinion_maps/import.html", ImportPage(form, problems), status=422)
    values, processes = form.values, processes_of(ctx)
    brought = bring_in(ctx.session, ctx.actor, processes[values["process"]], values["slug"], values["question"],
                       export, locale=values["language"], now=ctx.now)  # fmt: skip
    told = {"people": brought.participants, "statements": brought.statements, "votes": brought.votes}
    ctx.say("ok", ctx._("Brought in: %(people)s people, %(statements)s statements, %(votes)s votes.", **told))
    return redirect(ctx, f"{ROOT}/{values['slug']}")


ROUTES = (
    get(f"{ROOT}/import", ask),
    post(f"{ROOT}/import", bring, prepare=take, heavy=True, body_limit=LARGEST, limit="opinion_import"),
)
