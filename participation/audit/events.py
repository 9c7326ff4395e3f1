"""What the log records of itself."""

from dataclasses import dataclass
from typing import ClassVar

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class PrivacyErased(Fact):
    """The private parts of these entries were erased: uids separated by spaces, and the legal basis in a word."""

    TYPE: ClassVar[str] = "privacy.erased"
    AUDITED: ClassVar[bool] = True
    SAYS: ClassVar[str] = N_("Private details of earlier entries were erased")

    entries: str
    basis: str
