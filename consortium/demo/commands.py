"""`sanpo demo`."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import click

from consortium.demo.loading import Outcome, load_demo
from consortium.demo.story import Story, read_story
from consortium.demo.timeline import scenes_of
from participation.cli import command, open_services
from participation.schema import migrate
from participation.serving import run_server

HOST = "127.0.0.1"


@command("demo")
@click.option("--no-serve", is_flag=True, help="Load the demo and stop there.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def demo(no_serve: bool, port: int) -> None:
    """Load the demo if the database is empty, then serve it."""
    os.environ.setdefault("SANPO_BASE_URL", f"http://{HOST}:{port}")
    story, outcome = read_story(), _load()
    if outcome is Outcome.FOREIGN:
        click.echo("This database has content of its own; the demo was not loaded into it.")
    else:
        click.echo(accounts_table(story))
    if not no_serve:
        click.echo(f"\nSanpo is at {os.environ['SANPO_BASE_URL']}  (stop it with Ctrl-C)")
        run_server(HOST, port)


def _load() -> Outcome:
    services = open_services()
    try:
        migrate(services)
        with ExitStack() as stack:
            return load_demo(services, _progress(stack))
    finally:
        services.db.close()


def _progress(stack: ExitStack) -> Callable[[int], None]:
    """A bar that appears with the first scene: a demo that is there already has none to play."""
    bars: list[Any] = []

    def tick(steps: int) -> None:
        if not bars:
            # each scene is played, and its event delivered
            length, stream = 2 * len(scenes_of(read_story())), click.get_text_stream("stderr")
            bar = click.progressbar(length=length, label="Loading the demo", file=stream)
            bars.append(stack.enter_context(bar))
        bars[0].update(steps)

    return tick


def accounts_table(story: Story) -> str:
    """The demo accounts, one per role, with the password that they share."""
    width = max(len(person.email or "") for person in story.accounts)
    lines = [f"  {person.email:<{width}}  {person.label['en']} / {person.label['ja']}" for person in story.accounts]
    return "\n".join([f"Demo accounts (password of all: {story.password})", *lines])
