"""The words for kinds of data, states and events."""

from participation.consents.models import DataCategory, EventKind, VersionState, Way
from participation.policy import N_

CATEGORIES = {
    DataCategory.IDENTITY: N_("Name and date of birth"),
    DataCategory.CONTACT: N_("Name and contact"),
    DataCategory.ADDRESS: N_("Home address"),
    DataCategory.AGE_AND_GENDER: N_("Age and gender"),
    DataCategory.POSITION: N_("Position"),
    DataCategory.VITAL_SIGNS: N_("Pulse and other body signals"),
    DataCategory.HEALTH_CHECK: N_("Results of check-ups"),
    DataCategory.PURCHASES: N_("Purchases and payments"),
    DataCategory.LEARNING_RECORD: N_("Record of learning"),
    DataCategory.PICTURES: N_("Pictures and sound"),
    DataCategory.USAGE: N_("How the service is used"),
    DataCategory.OTHER_PERSONAL: N_("Other personal data"),
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
