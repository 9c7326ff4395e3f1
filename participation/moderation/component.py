"""What moderation brings."""

from datetime import timedelta

from participation.component import Component, Limit, MenuItem, SubjectBlock
from participation.moderation import events, pages
from participation.moderation.models import Appeal, ModerationStep, Report
from participation.moderation.personal import erase_account, export_account
from participation.policy import N_

MODERATION = Component(
    name="moderation",
    models=(Report, ModerationStep, Appeal),
    routes=pages.ROUTES,
    events=(
        events.ThingReported,
        events.ReportsDismissed,
        events.ThingHidden,
        events.ThingRestored,
        events.HidingAppealed,
        events.AppealRejected,
    ),
    subject_blocks=(SubjectBlock("moderation/_tools.html", pages.tools, place="tools", order=90),),
    menu=(
        MenuItem(
            "desk-reports",
            N_("Reports"),
            "/secretariat/reports",
            place="desk",
            order=30,
            roles=("secretariat", "auditor"),
        ),
        MenuItem(
            "moderation",
            N_("Moderation report"),
            "/moderation",
            place="footer",
            group=N_("Everybody can check"),
            order=60,
        ),
    ),
    limits={"report": Limit(20, timedelta(hours=1))},
    hooks={"desk_waiting": pages.waiting, "export_account": export_account, "erase_account": erase_account},
)
