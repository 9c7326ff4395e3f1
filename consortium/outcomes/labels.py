"""Words and addresses of what posters and ideas become."""

from consortium.outcomes.models import Into
from participation.policy import N_

LABELS: dict[Into, str] = {
    Into.PROPOSAL: N_("Proposal"),
    Into.PILOT: N_("Pilot"),
    Into.BACKLOG: N_("Improvement"),
}
PATHS: dict[Into, str] = {
    Into.PROPOSAL: "/proposals/{}",
    Into.PILOT: "/pilots/{}",
    Into.BACKLOG: "/backlog/{}",
}
WAYS: dict[Into, str] = {
    Into.PROPOSAL: N_("Make a proposal of it"),
    Into.PILOT: N_("Draft a pilot from it"),
    Into.BACKLOG: N_("Put it on the list of a service"),
}
PLACES: dict[Into, str] = {
    Into.PROPOSAL: N_("Process"),
    Into.PILOT: N_("Which organisation leads it"),
    Into.BACKLOG: N_("Service"),
}
TOLD: dict[Into, str] = {
    Into.PROPOSAL: N_("it became a proposal"),
    Into.PILOT: N_("a pilot is being drafted from it"),
    Into.BACKLOG: N_("it stands on the list of a service"),
}
