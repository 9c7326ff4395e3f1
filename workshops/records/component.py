"""What the records of workshops bring."""

from datetime import timedelta

from participation.component import Component, Limit, MenuItem, SubjectBlock, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_
from workshops.records import api, editing, gallery, pages, posters, printing
from workshops.records.events import EVENTS
from workshops.records.finding import may_see_photo, may_see_poster, poster_document, readable_posters, where
from workshops.records.models import MODELS
from workshops.records.notices import record_rules
from workshops.records.personal import erase_account, export_account
from workshops.records.publishing import guard_publication

RECORDS = Component(
    name="records",
    models=MODELS,
    events=EVENTS,
    routes=(
        *gallery.ROUTES,
        *posters.ROUTES,
        *printing.ROUTES,
        *pages.ROUTES,
        *editing.ROUTES,
        *api.ROUTES,
    ),
    subscriptions={kind: (note_waves,) for kind in record_rules()},
    limits={
        "write_record": Limit(240, timedelta(hours=1)),
        "poster_picture": Limit(60, timedelta(hours=1)),
    },
    menu=(MenuItem("posters", N_("Concept posters"), "/posters", place="footer", group=N_("Take part"), order=35),),
    subject_blocks=(SubjectBlock("workshops/records/_in_workshop.html", pages.record_block, order=4),),
    subject_kinds=(
        SubjectKind(
            "poster",
            N_("Concept poster"),
            lambda poster_id: f"/posters/{poster_id}",
            document=poster_document,
            may_see=may_see_poster,
            readable=readable_posters,
            comment_feature="comment",
            in_process=False,
        ),
        SubjectKind(
            "idea", N_("Idea of a workshop"), lambda idea_id: f"/ideas/by-id/{idea_id}", in_process=False
        ),
        SubjectKind(
            "workshop_photo",
            N_("Photo of a workshop"),
            lambda photo_id: f"/workshop-photos/{photo_id}",
            may_see=may_see_photo,
            in_process=False,
        ),
    ),
    hooks={
        "notices": record_rules,
        "pictures": where,
        "to_print": printing.next_printing,
        "workshop_step": guard_publication,
        "workshop_desk": pages.desk_links,
        "export_account": export_account,
        "erase_account": erase_account,
    },
)
