"""The words for states, channels and kinds of data."""

from consortium.services.models import Channel, DataCategory, ServiceState
from participation.policy import N_

STATES = {
    ServiceState.PLANNED: N_("Planned service"),
    ServiceState.RUNNING: N_("In operation"),
    ServiceState.ENDED: N_("Service ended"),
}
MOODS = {ServiceState.PLANNED: "wait", ServiceState.RUNNING: "good", ServiceState.ENDED: ""}
MOVES = {
    ServiceState.PLANNED: N_("Plan it"),
    ServiceState.RUNNING: N_("Start operation"),
    ServiceState.ENDED: N_("End the service"),
}
CHANNELS = {
    Channel.WEB: N_("Website"),
    Channel.APP: N_("Smartphone app"),
    Channel.MESSENGER: N_("Messenger"),
    Channel.PHONE: N_("Telephone"),
    Channel.COUNTER: N_("Counter"),
    Channel.PAPER: N_("Paper and letters"),
    Channel.DEVICE: N_("Device on the spot"),
}
DATA = {
    DataCategory.CONTACT: N_("Name and contact"),
    DataCategory.ADDRESS: N_("Home address"),
    DataCategory.AGE_AND_GENDER: N_("Age and gender"),
    DataCategory.POSITION: N_("Position"),
    DataCategory.HEALTH_CHECK: N_("Results of check-ups"),
    DataCategory.VITAL_SIGNS: N_("Pulse and other body signals"),
    DataCategory.PURCHASES: N_("Purchases and payments"),
    DataCategory.LEARNING_RECORD: N_("Record of learning"),
    DataCategory.PICTURES: N_("Pictures and sound"),
    DataCategory.USAGE: N_("How the service is used"),
    DataCategory.OTHER_PERSONAL: N_("Other personal data"),
    DataCategory.NOT_PERSONAL: N_("Data about no person"),
}
