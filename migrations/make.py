"""Write a revision for what the models have and the migrations have not: make migration MESSAGE='add …'."""

import sys

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from asgi import COMPONENTS
from participation.paths import MIGRATIONS


def main(message: str) -> None:
    """The new file is numbered after the newest one; read it before you keep it."""
    if not COMPONENTS:
        raise SystemExit("no component declares a table")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    number = len(list((MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
    with create_engine("sqlite://").connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "change")
