"""What a signatory fills in."""

from collections.abc import Sequence
from typing import Any

from participation.accounts.port import code_once_more, device_answer
from participation.policy import N_
from participation.web.fields import Choice, Choices, Flag, Integer, Password, Text
from participation.web.forms import Form

AUTHORITIES = {
    "representative": N_("I represent the organisation by law"),
    "delegated": N_("I was authorised to sign this"),
    "seal_holder": N_("I keep the organisation's seal"),
}
SENTENCE = N_(
    "%(organisation)s agrees to every article of “%(title)s”, version %(number)s, and will keep them. I am authorised"
    " to declare this for the organisation."
)
CONTROL = N_("Sign for the organisation")


class Keys(Choices):
    """Keys of articles. Which there are depends on the version, so they are held against it later."""

    def check_choice(self, value: Any, options: Sequence[str]) -> None:
        return


class DeclarationForm(Form):
    signatory_name = Text(N_("Your full name"), min=2, max=120, hint=N_("It stands on the certificate."))
    signatory_title = Text(N_("Your title in the organisation"), min=1, max=120)


class SignForm(DeclarationForm):
    authority = Choice(N_("By what authority"), list(AUTHORITIES.items()))
    agree = Flag(N_("The declaration"), required=True)
    current = Password(N_("Your password, once more"), required=False)
    code = code_once_more()
    passkey = device_answer()


class ApiSignForm(DeclarationForm):
    organisation = Text(N_("Organisation"), max=60)
    articles = Keys(N_("Keys of the articles"))
    authority = Choice(N_("By what authority"), list(AUTHORITIES.items()), required=False)
    statement = Text(N_("The declaration"), min=2, max=1_000, lines=True)
    sha256 = Text(N_("SHA-256 of the text that was read"), min=64, max=64)
    code = code_once_more()


class TermForm(Form):
    days = Integer(
        N_("Days to sign this version"), min=1, max=365, hint=N_("From the day on which it comes into force.")
    )


class CodeForm(Form):
    code = Text(N_("Code of the certificate"), min=4, max=40)
