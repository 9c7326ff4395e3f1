"""`sanpo search rebuild`."""

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from participation.cli import CommandError, open_services
from participation.search.indexer import all_documents, count_searchable
from participation.search.port import SearchUnavailable
from participation.search.queries import engine_of


@click.group("search")
def search() -> None:
    """The search index."""


@search.command("rebuild")
def rebuild() -> None:
    """Write the search index anew from the database; a running server answers meanwhile and follows."""
    services = open_services()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Indexing", total=count_searchable(services))
        documents = (document for document in all_documents(services) if progress.advance(task) is None)
        try:
            done = engine_of(services).rebuild(documents, wait=True)
        except SearchUnavailable as error:
            raise CommandError(str(error)) from error
        finally:
            services.db.close()
    click.echo(f"{done} documents are in the search index.")
