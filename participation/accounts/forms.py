"""The fields of signing up, signing in and one's own pages."""

from typing import Any

from participation.accounts import passwords
from participation.policy import N_
from participation.web.fields import Email, Password, Text
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


class NewPasswordForm(Form):
    password = new_password()


def refuse_common(form: Form, field: str, *own: str) -> None:
    """Mark the field where guessers would try the password early."""
    password = form.values.get(field)
    if password and passwords.too_common(password, *own):
        form.fail(field, TOO_COMMON)


def hashed(form: Form, field: str = "password") -> str | None:
    """The hash of the password that the form holds, if it holds one and is in order."""
    password = form.values.get(field) if form.ok else None
    return passwords.hash_password(password) if password else None
