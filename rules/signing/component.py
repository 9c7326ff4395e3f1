"""What signing brings."""

from datetime import timedelta

from participation.component import Component, Limit, MenuItem, SubjectBlock
from participation.notifications.subscribers import note_waves
from participation.policy import N_
from rules.signing import api, blocks, certificates, guards, printing, reading, register  # noqa: F401 (triggers)
from rules.signing.events import EVENTS
from rules.signing.models import Acknowledgement, CertificateFile, RenewalNotice, RenewalTerm, Signature
from rules.signing.personal import erase_account, export_account
from rules.signing.renewing import JOBS, renewal_rules

SIGNING = Component(
    name="signing",
    models=(Signature, CertificateFile, Acknowledgement, RenewalTerm, RenewalNotice),
    events=EVENTS,
    routes=(*reading.ROUTES, *certificates.ROUTES, *printing.ROUTES, *register.ROUTES, *api.ROUTES),
    limits={
        "sign": Limit(10, timedelta(minutes=15)),
        "signatures_table": Limit(20, timedelta(minutes=5)),
    },
    menu=(
        MenuItem(
            "certificates",
            N_("Check a certificate"),
            "/certificates",
            place="footer",
            group=N_("Everybody can check"),
            order=70,
        ),
    ),
    subscriptions={kind: (note_waves,) for kind in renewal_rules()},
    jobs=JOBS,
    subject_blocks=(SubjectBlock("rules/signing/_agreements.html", blocks.agreements_of, order=5),),
    hooks={
        "version_blocks": blocks.signed_by,
        "notices": renewal_rules,
        "pictures": printing.where,
        "to_print": printing.next_printing,
        "export_account": export_account,
        "erase_account": erase_account,
    },
)
