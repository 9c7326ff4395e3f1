"""The fields of signing up, signing in and one's own pages."""

from typing import Any

from participation.accounts import passwords
from participation.accounts.labels import AGE_BAND, VERIFICATION
from participation.policy import N_
from participation.web import Context
from participation.web.fields import Choice, Day, Email, Flag, Password, Text, Upload
from participation.web.forms import Form

PASSWORD_HINT = N_("At least 12 characters. Three or four words that have nothing to do with one another are good.")
NAME_HINT = N_("Others see this name beside what you write. It need not be your real one.")
TOO_COMMON = N_("This password is easy to guess. Please take one that is not a common word, name or run of keys.")


def new_password(label: str = N_("New password"), **options: Any) -> Password:
    return Password(label, min=passwords.MIN, max=passwords.MAX, **{"hint": PASSWORD_HINT, **options})


def nickname() -> Text:
    return Text(N_("Name that others see"), min=1, max=40, hint=NAME_HINT)


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


class ChangePasswordForm(Form):
    """`current` is asked of whoever has a password."""

    current = Password(N_("Present password"), required=False)
    password = new_password()


class ChangeEmailForm(Form):
    current = Password(N_("Present password"), required=False)
    email = Email(N_("New e-mail address"))


class EraseForm(Form):
    current = Password(N_("Present password"), required=False)
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
