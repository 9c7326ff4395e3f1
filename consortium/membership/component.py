"""What membership brings."""

from datetime import timedelta

from consortium.membership import api, applying, dashboard, desk, directory, pages
from consortium.membership.events import EVENTS
from consortium.membership.figures import membership_figures
from consortium.membership.models import ApplicationDraft, Membership, MembershipStep
from consortium.membership.notices import membership_rules
from consortium.membership.own import own_organisations
from consortium.membership.personal import erase_account, export_account
from consortium.membership.policy import may_sign
from consortium.membership.bound import organisations_bound
from consortium.membership.queries import waiting_applications
from participation.component import Component, Limit, MeBlock, MenuItem
from participation.notifications.subscribers import note_waves
from participation.policy import N_

MEMBERSHIP = Component(
    name="membership",
    models=(Membership, MembershipStep, ApplicationDraft),
    events=EVENTS,
    routes=(*directory.ROUTES, *applying.ROUTES, *pages.ROUTES, *dashboard.ROUTES, *desk.ROUTES, *api.ROUTES),
    subscriptions={kind: (note_waves,) for kind in membership_rules()},
    limits={
        "apply": Limit(10, timedelta(hours=1)),
        "invite_person": Limit(20, timedelta(hours=1)),
        "organisations_table": Limit(20, timedelta(minutes=5)),
    },
    menu=(
        MenuItem("consortium", N_("Consortium"), "/organisations", order=60),
        MenuItem(
            "organisations", N_("Organisations"), "/organisations", place="footer", group=N_("Take part"), order=30
        ),
        *desk.MENU,
    ),
    me_blocks=(MeBlock("consortium/_own.html", own_organisations, order=5),),
    hooks={
        "notices": membership_rules,
        "figures": membership_figures,
        "desk_waiting": waiting_applications,
        "may_sign": may_sign,
        "rule_checks": lambda: "consortium.checks",
        "rule_subjects": organisations_bound,
        "export_account": export_account,
        "erase_account": erase_account,
    },
)
