"""What feedback brings."""

from datetime import timedelta

from consortium.feedback import api, pages
from consortium.feedback.events import EVENTS
from consortium.feedback.models import Feedback
from consortium.feedback.personal import erase_account, export_account
from consortium.feedback.queries import feedback_document, readable_feedback
from participation.component import Component, Limit, MeBlock, SubjectBlock, SubjectKind
from participation.policy import N_

FEEDBACK = Component(
    name="feedback",
    models=(Feedback,),
    events=EVENTS,
    routes=(*pages.ROUTES, *api.ROUTES),
    subject_kinds=(
        SubjectKind(
            "feedback",
            N_("Feedback"),
            lambda subject_id: f"/feedback/by-id/{subject_id}",
            document=feedback_document,
            readable=readable_feedback,
        ),
    ),
    subject_blocks=(SubjectBlock("consortium/feedback/_block.html", pages.feedback_block, order=10),),
    me_blocks=(MeBlock("consortium/feedback/_mine.html", pages.mine_block, order=40),),
    limits={
        "feedback": Limit(30, timedelta(minutes=10)),
        "feedback_on_service": Limit(5, timedelta(days=1)),
    },
    hooks={"export_account": export_account, "erase_account": erase_account},
)
