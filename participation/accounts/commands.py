"""`sanpo account create`, `sanpo account remove-second-factor` and `sanpo token create`."""

import click
from sqlalchemy.orm import Session

from participation.accounts import factors, passwords
from participation.accounts.actions import create_account
from participation.accounts.joining import account_by_email
from participation.accounts.models import PLATFORM_ROLES
from participation.accounts.sessions import make_api_token
from participation.accounts.tokens import Purpose, issue
from participation.cli import CommandError, open_services
from participation.schema import migrate
from participation.web import Conflict
from participation.web.fields import Email, FieldError, Text


@click.group("account")
def account() -> None:
    """Make accounts, and help who is locked out."""


@click.group("token")
def token() -> None:
    """Make tokens for the API."""


@account.command("create")
@click.argument("email")
@click.option("--name", required=True, help="The name that others see.")
@click.option("--password", help="Without one, a link to choose it is printed.")
@click.option("--role", "roles", multiple=True, type=click.Choice(PLATFORM_ROLES), help="May be repeated.")
@click.option("--locale", type=click.Choice(("ja", "en")), default="ja", show_default=True)
def create(email: str, name: str, password: str | None, roles: tuple[str, ...], locale: str) -> None:
    """Make an account for EMAIL."""
    address, name = _read(Email("EMAIL"), email, "EMAIL"), _read(Text("--name", min=1, max=40), name, "--name")
    if password is not None and not passwords.MIN <= len(password) <= passwords.MAX:
        raise CommandError(f"--password must have {passwords.MIN} to {passwords.MAX} characters")
    password_hash = passwords.hash_password(password) if password else None
    services = open_services()
    migrate(services)
    now = services.clock()

    def work(session: Session) -> str | None:
        made = create_account(
            session, email=address, name=name, now=now, way="command", password_hash=password_hash, locale=locale,
            confirmed=password is not None, roles=roles,
        )  # fmt: skip
        return None if password_hash else issue(session, Purpose.INVITATION, now, account_id=made.id)

    try:
        key = services.db.write(work)
    except Conflict as error:
        raise CommandError(f"{address} has an account already") from error
    finally:
        services.db.close()
    click.echo(f"Made the account {address}.")
    if key:
        click.echo(f"{services.settings.base_url}/reset/{key}")


@account.command("remove-second-factor")
@click.argument("email")
def remove_second_factor(email: str) -> None:
    """Remove the lost second factor of the account EMAIL; its owner is told by mail, the audit log notes it."""
    services = open_services()
    migrate(services)
    now = services.clock()

    def work(session: Session) -> None:
        owner = account_by_email(session, email.strip().lower())
        if owner is None:
            raise CommandError(f"there is no account {email}")
        factors.remove_by_command(session, owner, now)

    try:
        services.db.write(work)
    except Conflict as error:
        raise CommandError(f"{email} has no second factor") from error
    finally:
        services.db.close()
    click.echo(f"Removed the second factor of {email}.")


@token.command("create")
@click.argument("email")
@click.option("--name", default="sanpo token create", show_default=True, help="What the token is for.")
def create_token(email: str, name: str) -> None:
    """Print a new API token of the account EMAIL, and nothing else."""
    services = open_services()
    migrate(services)
    now = services.clock()

    def work(session: Session) -> str:
        owner = account_by_email(session, email.strip().lower())
        if owner is None:
            raise CommandError(f"there is no account {email}")
        return make_api_token(session, owner.id, name[:80], now)

    try:
        click.echo(services.db.write(work))
    finally:
        services.db.close()


def _read(field: Text, value: str, option: str) -> str:
    try:
        return field.parse(value)
    except FieldError as error:
        raise CommandError(f"{option}: {error.message % error.values}") from error
