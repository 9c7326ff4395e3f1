"""The words for kinds of data, states and events."""

from participation.consents.models import DataCategory, EventKind, VersionState, Way
from participation.policy import N_

CATEGORIES = {
    DataCategory.IDENTITY: N_("Name and date of birth"),
    DataCategory.CONTACT: N_("E-mail address or telephone"),
    DataCategory.ADDRESS: N_("Postal address"),
    DataCategory.POSITION: N_("Position"),
    DataCategory.VITAL_SIGNS: N_("Vital signs (pulse, blood pressure, temperature)"),
    DataCategory.HEALTH_CHECK: N_("Results of health check-ups"),
    DataCategory.PURCHASES: N_("Purchases and payments"),
    DataCategory.LEARNING_RECORD: N_("Learning record"),
    DataCategory.USAGE: N_("Use of the service"),
}
# GDPR art. 9 and the Act on the Protection of Personal Information, art. 2(3): data that need special care
SPECIAL = (DataCategory.VITAL_SIGNS, DataCategory.HEALTH_CHECK)
STATES = {
    VersionState.DRAFT: N_("Draft of a purpose"),
    VersionState.SUBMITTED: N_("Waiting for the secretariat"),
    VersionState.PUBLISHED: N_("Published, people are asked"),
    VersionState.RETIRED: N_("No longer asked"),
}
MOODS = {
    VersionState.DRAFT: "",
    VersionState.SUBMITTED: "wait",
    VersionState.PUBLISHED: "good",
    VersionState.RETIRED: "",
}
KINDS = {
    EventKind.GRANTED: N_("You gave your consent"),
    EventKind.WITHDRAWN: N_("You withdrew your consent"),
}
WAYS = {
    Way.PAGE: N_("on this site"),
    Way.API: N_("by a program with your token"),
    Way.ERASURE: N_("when the account was erased"),
}
