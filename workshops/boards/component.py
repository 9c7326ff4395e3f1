"""What the day of a workshop brings."""

from datetime import timedelta

from participation.component import Component, Limit, SubjectBlock
from workshops.boards import api, arranging, members_api, news, overview, showing, writing
from workshops.boards.blocks import boards_block, desk_links
from workshops.boards.events import EVENTS
from workshops.boards.models import MODELS
from workshops.boards.personal import export_account

BOARDS = Component(
    name="boards",
    models=MODELS,
    events=EVENTS,
    routes=(
        *overview.ROUTES,
        *showing.ROUTES,
        *writing.ROUTES,
        *arranging.ROUTES,
        *news.ROUTES,
        *api.ROUTES,
        *members_api.ROUTES,
    ),
    subject_blocks=(SubjectBlock("workshops/boards/_in_workshop.html", boards_block, place="side", order=15),),
    hooks={"workshop_desk": desk_links, "export_account": export_account},
    limits={
        "board_live": Limit(3_000, timedelta(minutes=5)),  # people without an account share the address of the venue
        "board_write": Limit(3_000, timedelta(minutes=5)),
        "board_desk": Limit(300, timedelta(minutes=5)),
    },
)
