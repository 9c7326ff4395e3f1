"""`sanpo load FILE.yaml`."""

from pathlib import Path

import click

from consortium.council.actions import Changes, load_council
from consortium.council.located import FileError
from consortium.council.shape import CouncilFile, read_council
from participation.cli import CommandError, command, open_services
from participation.schema import migrate
from participation.services import Services
from rules.checks.library import checks_of


@command("load")
@click.argument("file", type=click.Path(path_type=Path))
def load(file: Path) -> None:
    """Load a council file: city, areas, categories, vision, rules, KPIs, groups. Doing it again changes nothing."""
    services = open_services()
    try:
        council = read_council(file, checks_of(services.registry))
        migrate(services)
        changes = load_into(services, council)
    except FileError as error:
        raise CommandError(str(error)) from None
    finally:
        services.db.close()
    for line in told(council, changes):
        click.echo(line)


def load_into(services: Services, council: CouncilFile) -> Changes:
    """Load what a council file says, in one transaction."""
    now = services.clock()
    return services.db.write(lambda session: load_council(session, council, services.registry, now=now))


def told(council: CouncilFile, changes: Changes) -> list[str]:
    """What the command says afterwards."""
    size = f"{council.city['ja']}: {len(council.areas)} living areas, {len(council.categories)} categories"
    if council.documents:
        size += f", {len(council.documents)} documents"
    if council.kpis:
        size += f", {len(council.kpis)} KPIs"
    if council.groups:
        size += f", {len(council.groups)} groups with {sum(len(each.meetings) for each in council.groups)} meetings"
    lines = [f"{size}; {changes.total} of them new or changed." if changes.total else f"{size}; nothing to change."]
    if council.later:
        lines.append(f"Not read yet, comes with later versions: {', '.join(council.later)}.")
    if council.unknown:
        lines.append(f"Unknown keys, not read: {', '.join(council.unknown)}.")
    return lines
