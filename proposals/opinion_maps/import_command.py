"""`sanpo opinion-map-import`: a folder with a Polis export becomes a closed map of a process."""

from pathlib import Path

import click
from rich.console import Console
from sqlalchemy.orm import Session

from participation.cli import CommandError, open_services
from participation.policy import ANONYMOUS
from participation.spaces.queries import process_by_slug
from proposals.opinion_maps.forms import RESERVED, SLUG
from proposals.opinion_maps.importing import Brought, Export, bring_in, read_export
from proposals.opinion_maps.queries import map_by_slug
from proposals.opinion_maps.reading import Unreadable
from proposals.opinion_maps.renewing import renew_now


@click.command("opinion-map-import")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--process", required=True, help="The process that it belongs to, by its slug.")
@click.option("--name", required=True, help="Short name for the address.")
@click.option("--question", required=True, help="What was asked.")
@click.option("--language", type=click.Choice(["ja", "en"]), default="ja", show_default=True, help="Of the texts.")
def opinion_map_import(folder: Path, process: str, name: str, question: str, language: str) -> None:
    """Bring in FOLDER, which holds the comments.csv and votes.csv of a Polis export, as a closed opinion map."""
    if not SLUG.fullmatch(name) or name in RESERVED or len(name) > 60:
        raise click.UsageError("--name takes small letters, digits and single hyphens, at most 60")
    services = open_services()
    now = services.clock()

    def work(session: Session, export: Export) -> Brought:
        found = process_by_slug(session, process)
        if found is None:
            raise CommandError(f"there is no process {process}")
        if map_by_slug(session, ANONYMOUS, name, now) is not None:
            raise CommandError(f"there is an opinion map {name} already")
        return bring_in(session, None, found.id, name, question, export, locale=language, now=now)

    try:
        with Console(stderr=True).status("Reading and writing"):
            export = read_export(folder / "comments.csv", folder / "votes.csv")
            brought = services.db.write(lambda session: work(session, export))
            renew_now(services, now)
    except Unreadable as error:
        raise CommandError(str(error)) from error
    finally:
        services.db.close()
    click.echo(
        f"{brought.participants} participants, {brought.statements} statements and {brought.votes} votes stand in "
        f"/opinion-maps/{name}"
    )
