"""The form of a comment."""

from participation.policy import N_
from participation.web.fields import Choice, Integer, Text
from participation.web.forms import Form

MAX_BODY = 2_000  # characters


class CommentForm(Form):
    body = Text(
        N_("Your comment"),
        min=2,
        max=MAX_BODY,
        lines=True,
        hint=N_("Shown with your nickname. Please leave out addresses and telephone numbers."),
    )
    alignment = Choice(
        N_("Your position"),
        [("for", N_("In favour")), ("neutral", N_("Neither")), ("against", N_("Against"))],
        required=False,
    )
    parent_id = Integer(N_("Answers the comment"), required=False, max=2**53)
