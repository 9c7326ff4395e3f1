"""Words for feelings, consent marks and sizes of paper."""

from participation.policy import N_
from workshops.records.models import Consent

FEELINGS: dict[int, str] = {
    2: N_("Very good"),
    1: N_("Good"),
    0: N_("So-so"),
    -1: N_("Bad"),
    -2: N_("Very bad"),
}
FACES: dict[int, str] = {2: "++", 1: "+", 0: "±", -1: "-", -2: "--"}  # beside the word, never alone
CONSENTS: dict[Consent, str] = {
    Consent.UNMARKED: N_("Not marked yet, so not public"),
    Consent.EVERYBODY_AGREED: N_("Everybody on it agreed"),
    Consent.NOBODY_RECOGNISABLE: N_("Nobody can be recognised"),
    Consent.NOT_PUBLISHED: N_("Not to be published"),
}
PAPERS: dict[str, str] = {"a4": "A4", "a3": "A3"}
