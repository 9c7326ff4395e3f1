"""One page with every part of the interface, for those who build pages; its samples are data, not queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from participation.policy import N_
from participation.web import Context, NotFound, page
from participation.web.fields import Choice, Choices, Day, Email, Flag, Text, Upload
from participation.web.forms import Form
from participation.web.paging import Pager

SWITCH = "SANPO_DEBUG"
AREAS = (("1", N_("Harbour side")), ("2", N_("Hill side")))


class SampleForm(Form):
    """A field of every kind."""

    email = Email(N_("E-mail"), hint=N_("We send a link to sign in. No password is needed."))
    title = Text(N_("Title"), min=8, max=60)
    body = Text(
        N_("What is the problem?"), max=1000, lines=True, hint=N_("Please write no addresses or telephone numbers.")
    )
    area = Choice(N_("Living area"), AREAS, required=False)
    alignment = Choice(N_("Your view"), (("for", N_("For")), ("neutral", N_("Neutral")), ("against", N_("Against"))))
    topics = Choices(N_("Categories"), (("move", N_("Transport")), ("care", N_("Care"))), required=False)
    starts_on = Day(N_("From"), required=False)
    picture = Upload(N_("Picture"), accept="image/png,image/jpeg,image/webp")
    agree = Flag(N_("I have read the rules of participation"), required=True)


@dataclass(frozen=True)
class Guide:
    """What the style guide shows: the same form untouched and refused, and a few samples."""

    untouched: Form
    form: Form
    ends_at: datetime
    ended_at: datetime
    pager: Pager
    tones: tuple[str, ...] = ("", "ai", "kaki", "matsu", "kin", "bad")
    colours: tuple[str, ...] = ("paper", "surface", "sunken", "line", "ink", "ai", "kaki", "matsu", "kin", "bad")


def styleguide(ctx: Context) -> Any:
    """The style guide.

    Raises:
        NotFound: it is not switched on (SANPO_DEBUG=1).
    """
    if ctx.settings.environ.get(SWITCH) != "1":
        raise NotFound
    refused = SampleForm.filled({"email": "hanako.example.jp", "title": "Bus"}, ctx._)
    refused.fail("email", N_("Please write an e-mail address such as name@example.jp."))
    refused.fail("alignment", N_("Please fill this in."))
    refused.fail("agree", N_("Please tick this to go on."))
    untouched = SampleForm.filled({"title": "A bus that climbs the hill", "topics": ["care"], "area": "2"}, ctx._)
    soon, past = ctx.now + timedelta(days=9, hours=3), ctx.now - timedelta(days=2)
    return page(ctx, "portal/styleguide.html", Guide(untouched, refused, soon, past, Pager(4, 12, 231)))
