"""What a form may be sent that it never asked for, and how its answer must look."""
from collections.abc import Iterator
from dataclasses import dataclass

from participation.web.fields import clean
from tests.malformed.controls import CHOSEN, Control, SentForm, forms_of
from tests.support.page import Page

SCRIPT = '"><script>alert(1)</script>'
# Sent in place of all texts of a form, each field another one; which of them are refused is the form's own affair.
ODD = (" \u3000\t", SCRIPT, "'; DROP TABLE account; --", "\x00\x01\x1b[31m", "\u202e\u2066\ufeff\u200b", "9" * 40, "-1",
       "NaN", "\u00b2", "2026-02-30T25:61", "%s %(x)s {0} {{7*7}}", "a\r\nBcc: y@z", "e" + "\u0301" * 300,
       b"\xed\xa0\x80", b"\xff\xfe")
NO_CHOICE = "no-such-option"
# By the type of an input: what it can never be.
IMPOSSIBLE = {"email": ("nobody", "a@b@c"), "date": ("2026-02-30", "yesterday"),
              "datetime-local": ("2026-02-30T12:00", "0001-01-01T00:00"), "number": ("one", "-99999999999", "9" * 30)}
GOOD = {"email": "somebody@example.test", "date": "2026-07-01", "datetime-local": "2026-07-01T09:00", "number": "1",
        "password": "correct horse battery"}
SENTENCE = "People wait long in the sun and would like to sit."
OWN = ("csrf", "_method", "once")
Values = dict[str, tuple[str | bytes, ...]]


@dataclass(frozen=True)
class Attempt:
    """Values by name, what was done to which field, and whether no form may take it."""

    values: Values
    what: str
    at: str = ""
    impossible: bool = False

    @property
    def pairs(self) -> list[tuple[str, str | bytes]]:
        return [(name, value) for name, values in self.values.items() for value in values]


def good(form: SentForm) -> Attempt:
    """The form as a person would fill it in who reads it."""
    return Attempt({control.name: _filled(control) for control in form.controls if control.kind != "file"}, "filled in")


def _filled(control: Control) -> tuple[str, ...]:
    if control.kind in CHOSEN and not any(control.values) and control.required:
        return tuple(option for option in control.options if option)[:1]
    if control.kind in CHOSEN | {"hidden"} or any(control.values):
        return control.values
    return (GOOD.get(control.kind, SENTENCE[: control.limit or None]),)


def attempts(form: SentForm) -> Iterator[Attempt]:
    """Each field in turn left out, emptied, too long, of the wrong kind, sent twice; then all fields odd at once, in as
    many rounds as the texts need for all oddities. What is sent twice or odd is read alike whatever button sends it."""
    usual = good(form).values
    for turn, button in enumerate(form.buttons or (("", ""),)):
        filled = {**usual, **({button[0]: (button[1],)} if button[0] else {})}
        for control in form.controls:
            if control.name not in OWN and control.kind != "file":
                for what, values, impossible in _bad(control):
                    if turn and what == "twice":
                        continue
                    yield Attempt({**filled, control.name: values}, f"{what} {button[1]}", control.name, impossible)
        texts = [each.name for each in form.controls if each.kind not in CHOSEN | {"file", "hidden"}]
        rounds = range(0, len(ODD), max(2, len(texts))) if texts else ()
        for first in rounds[: 1 if turn else None]:
            odd = {name: (ODD[(first + at) % len(ODD)],) for at, name in enumerate(texts)}
            yield Attempt({**filled, **odd}, f"{ODD[first][:20]!r} and what follows it {button[1]}")
    yield Attempt({name: values for name, values in usual.items() if name in OWN}, "nothing but its own fields")


def _bad(control: Control) -> Iterator[tuple[str, tuple[str | bytes, ...], bool]]:
    must = control.required and control.kind != "hidden"
    yield "left out", (), must
    if control.kind in CHOSEN:
        lone_box = control.kind == "checkbox" and len(control.options) == 1
        yield "no option", (NO_CHOICE,), not lone_box
        return
    yield "empty", ("",), must
    yield "twice", (*_filled(control), "another"), False
    longest = control.limit + 1 if control.limit else 5_000
    yield "too long", ("\u3042" * longest,), bool(control.limit) or control.kind in ("password", *IMPOSSIBLE)
    for value in IMPOSSIBLE.get(control.kind, ()):
        yield repr(value), (value,), True
    if control.kind == "hidden":
        for value in ("", "-1", "9" * 30, NO_CHOICE, "//evil.example", "\u00b2"):
            yield "hidden", (value,), False


def faults_of(form: SentForm, attempt: Attempt, page: Page, usable: int) -> Iterator[str]:
    """What is wrong with this answer; `usable` is the status of the answer to the form well filled in."""
    if SCRIPT in page.html:
        yield "a script comes back as it was sent"
    if form.draft:
        return
    if form.method == "get":
        if page.status != 200 and (page.status, attempt.what.strip()) != (404, "no option"):
            yield f"answered {page.status}"
    elif attempt.impossible and usable < 400 and page.status < 400:
        yield f"taken with {page.status}"
    elif page.status == 422 or attempt.impossible and usable in (200, 303, 422) and page.status not in (409,):
        yield from _refusal(form, attempt, page)


def _refusal(form: SentForm, attempt: Attempt, page: Page) -> Iterator[str]:
    if page.status != 422:
        yield f"refused with {page.status}"
        return
    if "error-summary" not in page.html:
        yield "no summary of what is wrong"
    again = [each for each in forms_of(page.html, form.action) if form.typed <= each.typed]
    if not again:
        yield f"the form does not come again ({page.title})"
        return
    shown = next((each for each in again if any(control.marked for control in each.controls)), again[0])
    if attempt.impossible and not shown.marked(attempt.at):
        yield "no message at the field"
    for control in shown.controls:
        if control.kind not in ("hidden", "password", "file"):
            sent, kept = attempt.values.get(control.name, ()), control.values
            if not _same(control, sent, kept):
                yield f"{control.name}: {sent!r:.60} became {kept!r:.60}"


def _same(control: Control, sent: tuple[str | bytes, ...], kept: tuple[str, ...]) -> bool:
    if control.kind in CHOSEN:
        return {value for value in sent if value in control.options} <= set(kept)
    texts = [value for value in sent if isinstance(value, str) and value.isprintable()]
    return len(texts) != 1 or clean(texts[0]) == clean("".join(kept))
