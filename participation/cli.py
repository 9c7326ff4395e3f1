"""The `sanpo` command. Every command: exit 0 on success, 2 on bad usage, 1 with one line on stderr otherwise."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import click

from participation.app import make_services
from participation.component import Component, LateCommand
from participation.ownership import claim
from participation.schema import LostReference, NewerSchema
from participation.services import Services
from participation.settings import SettingsError, from_environment


class CommandError(Exception):
    """A command cannot do what was asked; the message is the one line that the person sees."""


class Commands(click.Group):
    """A group that loads a late command when it is asked for."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.late: dict[str, LateCommand] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.commands, *self.late})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        late = self.late.get(cmd_name)
        if late is None:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = late.where.partition(":")
        found: click.Command = getattr(import_module(module), attribute)
        return found


@click.group(cls=Commands)
def sanpo() -> None:
    """Sanpo: civic participation and consortium governance for cities."""


def open_services() -> Services:
    """Services for a command, from the environment and the components that the composition root handed over."""
    settings = from_environment()
    return make_services(settings, click.get_current_context().obj, owner=claim(settings))


def command(name: str, **options: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """A `sanpo` command for a manifest."""
    return click.command(name, **options)


def run(components: Sequence[Component], arguments: Sequence[str] | None = None) -> None:
    """Run the command line: expected failures become one line, never a traceback."""
    for component in components:
        for declared in component.commands:
            if isinstance(declared, LateCommand):
                sanpo.late[declared.name] = declared
            else:
                sanpo.add_command(declared)
    try:
        sanpo.main(args=arguments, standalone_mode=False, obj=tuple(components))
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (SettingsError, CommandError, NewerSchema, LostReference) as error:
        print(f"sanpo: {error}", file=sys.stderr)
        sys.exit(1)
