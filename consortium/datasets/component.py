"""What datasets bring."""

from consortium.datasets import api, pages, writing
from consortium.datasets.events import EVENTS
from consortium.datasets.models import Dataset, DatasetArea, DatasetStep, DatasetVersion
from consortium.datasets.notices import dataset_rules
from consortium.datasets.personal import erase_account, export_account
from consortium.datasets.queries import dataset_document
from participation.component import Component, MenuItem, SubjectBlock, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_

DATASETS = Component(
    name="datasets",
    models=(Dataset, DatasetArea, DatasetStep, DatasetVersion),
    events=EVENTS,
    routes=(*writing.ROUTES, *api.ROUTES, *pages.ROUTES),
    subscriptions={kind: (note_waves,) for kind in dataset_rules()},
    menu=(
        MenuItem("datasets", N_("Datasets"), "/datasets", place="footer", group=N_("Everybody can check"), order=60),
    ),
    subject_kinds=(
        SubjectKind(
            "dataset",
            N_("Dataset"),
            lambda dataset_id: f"/datasets/by-id/{dataset_id}",
            document=dataset_document,
            comment_feature="comment",
            in_process=False,
        ),
    ),
    subject_blocks=(SubjectBlock("consortium/datasets/_block.html", pages.service_block, order=20),),
    hooks={"notices": dataset_rules, "export_account": export_account, "erase_account": erase_account},
)
