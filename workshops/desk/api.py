"""Questions, quotas and facilitators over the API: each is read as a whole and replaced as a whole."""

from collections.abc import Sequence
from typing import Any

from participation.policy import N_, ensure
from participation.web import Context, Invalid, NotFound, Response, get, json_answer, put
from participation.web.describing import NUMBER, TEXT, Doc, record_of
from participation.web.fields import Email, Integer, Text
from participation.web.forms import Form
from workshops import actions
from workshops.actions import Quota
from workshops.desk.reading import desk_of, organised
from workshops.forms import QuestionForm, both
from workshops.policy import may_appoint, may_change_rules
from workshops.problems import Wrong
from workshops.queries import account_at, facilitators
from workshops.replacing import Question, replace_facilitators, replace_questions

MOST = 1_000  # items of a list
NOBODY = N_("Nobody has an account with this address.")
NEITHER = N_("Please send an account_id or an email.")


class AskedForm(Form):
    """A question without its answers."""

    key = QuestionForm.fields["key"]
    label_ja = QuestionForm.fields["label_ja"]
    label_en = QuestionForm.fields["label_en"]
    why_ja = QuestionForm.fields["why_ja"]
    why_en = QuestionForm.fields["why_en"]


class OptionForm(Form):
    """An answer to choose."""

    key = Text(N_("Short name"), min=1, max=40)
    label_ja = Text(N_("Answer (Japanese)"), min=1, max=120)
    label_en = Text(N_("Answer (English)"), max=120, required=False)


class BoundsForm(Form):
    """At least, at most so many people with an answer."""

    feature = Text(N_("Question"), max=40)
    value = Text(N_("Answer"), max=40)
    minimum = Integer(N_("At least"), min=0, max=1_000)
    maximum = Integer(N_("At most"), min=0, max=1_000)


class WhoForm(Form):
    """Somebody with an account."""

    account_id = Integer(N_("Account"), min=1, required=False)
    email = Email(N_("E-mail address"), required=False)


def questions(ctx: Context) -> Response:
    """What the application asks and why, in all languages; for organisers and auditors."""
    return _listed(
        {"key": each.key, **_texts("label", each.label), **_texts("why", each.why),
         "options": [{"key": str(one["key"]), **_texts("label", one["label"])} for one in each.options]}
        for each in desk_of(ctx).questions
    )  # fmt: skip


def put_questions(ctx: Context) -> Response:
    """Ask exactly these, in this order, until the call is announced. Quotas on answers that are gone go with them."""
    whole = organised(ctx)
    ensure(may_change_rules(ctx.actor, whole.workshop))
    asked = []
    for place, (said, sent) in enumerate(_items(ctx, ctx.json, "questions", AskedForm)):
        options = _items(ctx, sent, "options", OptionForm, f"questions.{place}.")
        choices = [(each["key"], both(each["label_ja"], each["label_en"])) for each, _ in options]
        label, why = both(said["label_ja"], said["label_en"]), both(said["why_ja"], said["why_en"])
        asked.append(Question(key=said["key"], label=label, why=why, options=choices))
    try:
        replace_questions(ctx.session, ctx.actor, whole.workshop.id, asked, now=ctx.now)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    return questions(ctx)


def quotas(ctx: Context) -> Response:
    """For whom places are kept."""
    names = ("feature", "value", "minimum", "maximum")
    return _listed({name: getattr(each, name) for name in names} for each in desk_of(ctx).quotas)


def put_quotas(ctx: Context) -> Response:
    """Keep places for exactly these, until the call is announced."""
    whole = organised(ctx)
    ensure(may_change_rules(ctx.actor, whole.workshop))
    kept = [Quota(**said) for said, _ in _items(ctx, ctx.json, "quotas", BoundsForm)]
    try:
        actions.set_quotas(ctx.session, ctx.actor, whole.workshop.id, kept, now=ctx.now)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    return quotas(ctx)


def people(ctx: Context) -> Response:
    """Who facilitates this workshop, beside the secretariat."""
    found = facilitators(ctx.session, desk_of(ctx).workshop.id)
    return _listed({"account_id": each.account_id, "name": each.name} for each in found)


def put_people(ctx: Context) -> Response:
    """Exactly these facilitate it, each named by account_id or email; for the secretariat."""
    whole = organised(ctx)
    ensure(may_appoint(ctx.actor))
    known = {each.account_id for each in facilitators(ctx.session, whole.workshop.id)}
    wanted = []
    for place, (said, _) in enumerate(_items(ctx, ctx.json, "facilitators", WhoForm)):
        at = f"facilitators.{place}"
        if not (said["account_id"] or said["email"]):
            raise _refused(ctx, {f"{at}.email": ctx._(NEITHER)})
        number = said["account_id"] or account_at(ctx.session, said["email"])
        try:
            if number not in known:
                actions.appoint(ctx.session, ctx.actor, whole.workshop.id, number or 0, now=ctx.now)
        except NotFound:
            raise _refused(ctx, {f"{at}.{'account_id' if said['account_id'] else 'email'}": ctx._(NOBODY)}) from None
        wanted.append(number or 0)
    replace_facilitators(ctx.session, ctx.actor, whole.workshop.id, wanted, now=ctx.now)
    return people(ctx)


def _items(
    ctx: Context, body: Any, name: str, kind: type[Form], before: str = ""
) -> list[tuple[Any, dict[str, Any]]]:
    """(values, what was sent) of each item of a list. Raises Invalid with fields such as `questions.0.key`."""
    sent = body.get(name) if isinstance(body, dict) else None
    if not isinstance(sent, list) or len(sent) > MOST or not all(isinstance(each, dict) for each in sent):
        message = ctx._(N_("Please send a list of at most %(most)s objects."), most=MOST)
        raise _refused(ctx, {before + name: message}) if before else Invalid({name: message})
    forms = [kind.read_json(each, ctx._) for each in sent]
    errors = {
        f"{before}{name}.{place}.{field}": message
        for place, form in enumerate(forms)
        for field, message in form.errors.items()
    }
    if errors:
        raise _refused(ctx, errors)
    return list(zip([form.values for form in forms], sent, strict=True))


def _refused(ctx: Context, errors: dict[str, str]) -> Invalid:
    """What is wrong with items, and that something is wrong with their list."""
    whole = next(iter(errors)).partition(".")[0]
    return Invalid({whole: ctx._(N_("Some of the entries cannot be used.")), **errors})


def _texts(name: str, words: Any) -> dict[str, str]:
    return {f"{name}_{locale}": words.get(locale, "") for locale in ("ja", "en")}


def _listed(items: Any) -> Response:
    found: Sequence[Any] = list(items)
    return json_answer({"items": found})


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


OPTION = record_of(key=TEXT, label_ja=TEXT, label_en=TEXT)
QUESTION = record_of(key=TEXT, label_ja=TEXT, label_en=TEXT, why_ja=TEXT, why_en=TEXT, options=_list(OPTION))
BOUNDS = record_of(feature=TEXT, value=TEXT, minimum=NUMBER, maximum=NUMBER)
PERSON = record_of(account_id=NUMBER, name=TEXT)
WHO = {"type": "object", "properties": {"account_id": NUMBER, "email": TEXT}}


def _doc(item: dict[str, Any], name: str = "", sent: dict[str, Any] | None = None) -> Doc:
    answer = record_of(items=_list(item))
    if not name:
        return Doc(answer, signed_in=True)
    return Doc(answer, more_body={name: _list(sent or item)}, signed_in=True)


_ONE = "/api/v1/workshops/{slug}"
_WRITES: dict[str, Any] = {"api": True, "limit": "workshop_desk"}
ROUTES = (
    get(_ONE + "/questions", questions, api=True, doc=_doc(QUESTION)),
    put(_ONE + "/questions", put_questions, **_WRITES, doc=_doc(QUESTION, "questions")),
    get(_ONE + "/quotas", quotas, api=True, doc=_doc(BOUNDS)),
    put(_ONE + "/quotas", put_quotas, **_WRITES, doc=_doc(BOUNDS, "quotas")),
    get(_ONE + "/facilitators", people, api=True, doc=_doc(PERSON)),
    put(_ONE + "/facilitators", put_people, **_WRITES, doc=_doc(PERSON, "facilitators", WHO)),
)
