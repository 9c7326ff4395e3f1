"""The fields of signing up, signing in and one's own pages."""

import re
import unicodedata
from typing import Any

from participation.accounts import passwords
from participation.accounts.labels import AGE_BAND, VERIFICATION
from participation.policy import N_
from participation.web import Context
from participation.web.fields import Choice, Day, Email, FieldError, Flag, Password, Text, Upload
from participation.web.forms import Form

PASSWORD_HINT = N_("At least 12 characters. Three or four words that have nothing to do with one another are good.")
NAME_HINT = N_("Others see this name beside what you write. It need not be your real one.")
TOO_COMMON = N_("This password is easy to guess. Please take one that is not a common word, name or run of keys.")


def new_password(label: str = N_("New password"), **options: Any) -> Password:
    return Password(label, min=passwords.MIN, max=passwords.MAX, **{"hint": PASSWORD_HINT, **options})


def nickname() -> Text:
    return Text(N_("Name that others see"), min=1, max=40, hint=NAME_HINT)


class OneTimeCode(Text):
    """Six digits, typed with whatever spaces or hyphens, full width or not."""

    def read(self, text: str) -> str:
        digits = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))
        if not re.fullmatch(r"[0-9]{6}", digits):
            raise FieldError(N_("Please write the six digits that your app shows."))
        return digits


class PaperCode(Text):
    """A recovery code, as it is kept: without hyphens, in capitals."""

    def read(self, text: str) -> str:
        text = unicodedata.normalize("NFKC", super().read(text))
        return "".join(letter for letter in text.upper() if letter.isalnum())


def device_answer() -> Text:
    """What a script writes for the device: WebAuthn's JSON."""
    return Text(N_("Passkey"), required=False, max=20_000)


def code_once_more() -> OneTimeCode:
    """Asked beside the password of whoever has a second factor."""
    return OneTimeCode(N_("One-time code"), required=False, max=40, hint=N_("Six digits, from the app on your device."))


class CodeForm(Form):
    code = OneTimeCode(N_("One-time code"), max=40, hint=N_("Six digits, from the app on your device."))


class SecondStepForm(Form):
    """A code, or the answer of a device."""

    code = code_once_more()
    passkey = device_answer()


class RecoveryForm(Form):
    recovery = PaperCode(N_("Recovery code"), max=60, hint=N_("One of the ten that you were given; it works once."))


class AgainForm(Form):
    """Both factors once more: `current` of whoever has a password, `code` of whoever has a second factor."""

    current = Password(N_("Present password"), required=False)
    code = code_once_more()
    passkey = device_answer()


class TurnOffForm(AgainForm):
    recovery = PaperCode(N_("Or a recovery code"), required=False, max=60, hint=N_("If you have lost the device."))


class AddPasskeyForm(AgainForm):
    name = Text(
        N_("Name of the passkey"), min=1, max=80, hint=N_("So that you know it again: my phone, the key at work.")
    )
    created = device_answer()


class EmailForm(Form):
    email = Email(N_("E-mail address"))


class SignInForm(Form):
    email = Email(N_("E-mail address"))
    password = Password(N_("Password"))


class SignUpForm(Form):
    """What the page behind a mailed link asks; the password may stay empty."""

    name = nickname()
    password = new_password(
        N_("Password"), required=False,
        hint=N_("Optional. Without one we mail you a link whenever you sign in. At least 12 characters."),
    )  # fmt: skip


class NameForm(Form):
    name = nickname()


class NewPasswordForm(Form):
    password = new_password()


def refuse_common(ctx: Context, form: Form, field: str, *own: str) -> None:
    """Mark the field where guessers would try the password early; they know the city's name and address too."""
    password = form.values.get(field)
    city = ctx.services.extras.get("site", lambda: {})().get("name", {})
    if password and passwords.too_common(password, *own, *city.values(), ctx.settings.host):
        form.fail(field, TOO_COMMON)


def hashed(form: Form, field: str = "password") -> str | None:
    """The hash of the password that the form holds, if it holds one and is in order."""
    password = form.values.get(field) if form.ok else None
    return passwords.hash_password(password) if password else None


class ProfileForm(Form):
    name = nickname()
    locale = Choice(N_("Language"), (("ja", N_("Japanese")), ("en", N_("English"))))
    area = Choice(
        N_("Living area"), required=False,
        hint=N_("Shows you first what concerns your surroundings. Others don't see it."),
    )  # fmt: skip
    age_band = Choice(
        N_("Age"), tuple(AGE_BAND.items()), required=False,
        hint=N_("Only counted: it tells whether all ages are heard. Others don't see it."),
    )  # fmt: skip


class ChangePasswordForm(AgainForm):
    password = new_password()


class ChangeEmailForm(AgainForm):
    email = Email(N_("New e-mail address"))


class EraseForm(AgainForm):
    sure = Flag(N_("I know that this cannot be undone"), required=True)


class TokenForm(Form):
    name = Text(N_("What the token is for"), min=1, max=80)


class ReasonForm(Form):
    reason = Text(N_("Reason"), min=3, max=500, hint=N_("Mailed to the person."))


class RegisterForm(Form):
    kind = Choice(N_("What being in the register confirms"), tuple(VERIFICATION.items()))
    file = Upload(N_("Register (CSV)"), required=True, accept=".csv,text/csv")
    replace = Flag(N_("This register replaces the one before"))


class ProofForm(Form):
    name = Text(N_("Full name"), min=2, max=100, hint=N_("As it stands in the city's register, family name first."))
    born = Day(N_("Date of birth"))
    address = Text(N_("Postal code"), min=3, max=20)
