"""The words for satisfaction and age bands."""

from consortium.feedback.models import AgeBand
from participation.policy import N_

SATISFACTION = {
    5: N_("Very good"),
    4: N_("Good"),
    3: N_("Neither good nor bad"),
    2: N_("Bad"),
    1: N_("Very bad"),
}
AGES = {
    AgeBand.UNDER_18: N_("Under 18"),
    AgeBand.YOUNG: N_("18 to 29"),
    AgeBand.MIDDLE: N_("30 to 49"),
    AgeBand.LATER: N_("50 to 64"),
    AgeBand.OLDER: N_("65 and over"),
}
