"""The words for kinds and standings."""

from consortium.membership.standing import Standing
from participation.organisations.models import OrganisationKind
from participation.policy import N_

KINDS = {
    OrganisationKind.CITY: N_("City office"),
    OrganisationKind.COMPANY: N_("Company (business)"),
    OrganisationKind.UNIVERSITY: N_("University or school"),
    OrganisationKind.NPO: N_("Non-profit organisation"),
    OrganisationKind.RESIDENT_ASSOCIATION: N_("Resident association"),
    OrganisationKind.BANK: N_("Bank"),
    OrganisationKind.MEDIA: N_("Media"),
    OrganisationKind.GOVERNMENT: N_("Government body"),
    OrganisationKind.OTHER: N_("Other organisation"),
}
STANDINGS = {
    Standing.APPLIED: N_("Application under review"),
    Standing.RETURNED: N_("Something was asked back"),
    Standing.REFUSED: N_("Application refused"),
    Standing.APPROVED: N_("Approved, not signed yet"),
    Standing.MEMBER: N_("Member"),
    Standing.LAPSED: N_("Signature lapsed"),
    Standing.SUSPENDED: N_("Suspended"),
    Standing.LEFT: N_("Left the council"),
}
MOODS = {
    Standing.APPLIED: "wait",
    Standing.RETURNED: "wait",
    Standing.REFUSED: "bad",
    Standing.APPROVED: "open",
    Standing.MEMBER: "good",
    Standing.LAPSED: "bad",
    Standing.SUSPENDED: "bad",
    Standing.LEFT: "",
}
PUBLIC = (Standing.MEMBER, Standing.APPROVED, Standing.LAPSED, Standing.SUSPENDED, Standing.LEFT)


def party_of(kind: str) -> str:
    """Which of the three parties an organisation of this kind speaks for."""
    if kind in (OrganisationKind.CITY, OrganisationKind.GOVERNMENT):
        return "city"
    return "citizen" if kind in (OrganisationKind.NPO, OrganisationKind.RESIDENT_ASSOCIATION) else "company"
