"""What notifications bring."""

from datetime import timedelta

from participation.component import Component, Job, MeBlock, MenuItem, SubjectBlock
from participation.notifications import activity, pages, unsubscribing
from participation.notifications.core_rules import core_rules
from participation.notifications.mailing import mail_at_once, mail_digests
from participation.notifications.models import Follow, Notice, NoticePreference, NoticeWave
from participation.notifications.personal import erase_account, export_account
from participation.notifications.subscribers import commenter_follows, note_waves
from participation.notifications.telling import tell_people
from participation.policy import N_

NOTIFICATIONS = Component(
    name="notifications",
    models=(Follow, Notice, NoticeWave, NoticePreference),
    routes=(*pages.ROUTES, *unsubscribing.ROUTES, *activity.ROUTES),
    menu=(
        MenuItem("activity", N_("What happened lately"), "/activity", place="footer", group=N_("Take part"), order=40),
    ),
    subscriptions={
        **{event_type: (note_waves,) for event_type in core_rules()},
        "comment.written": (note_waves, commenter_follows),
    },
    jobs=(
        Job("tell", tell_people),
        Job("mail-at-once", mail_at_once),
        Job("mail-digests", mail_digests, every=timedelta(minutes=5)),
    ),
    subject_blocks=(SubjectBlock("notifications/_follow_block.html", pages.follow_box, place="side", order=20),),
    me_blocks=(MeBlock("notifications/_followed.html", pages.followed_block, order=50),),
    hooks={"notices": core_rules, "export_account": export_account, "erase_account": erase_account},
)
