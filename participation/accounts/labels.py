"""Words for what accounts hold as keys."""

from participation.policy import N_

ROLES = {
    "secretariat": N_("Secretariat"),
    "administrator": N_("Administrator"),
    "auditor": N_("Auditor"),
}
VERIFICATION = {
    "resident": N_("Lives in the city"),
    "worker": N_("Works in the city"),
    "student": N_("Studies in the city"),
    "adult": N_("Is 18 or older"),
}
METHOD = {
    "secretariat": N_("seen by the secretariat"),
    "register": N_("found in the register"),
    "oidc": N_("told by the sign-in provider"),
}
AGE_BAND = {
    "under18": N_("Under 18"),
    "18-29": N_("18 to 29"),
    "30-44": N_("30 to 44"),
    "45-59": N_("45 to 59"),
    "60-74": N_("60 to 74"),
    "75+": N_("75 or older"),
}
