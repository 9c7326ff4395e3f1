"""What happens to a dataset's entry."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class DatasetEntered(Fact):
    TYPE = "dataset.entered"
    dataset_id: int
    service_id: int


@dataclass(frozen=True, kw_only=True)
class DatasetMoved(Fact):
    TYPE = "dataset.moved"
    AUDITED = True
    SAYS = N_("A dataset was offered or withdrawn")
    dataset_id: int
    to: str  # the state
    step: int  # number of the row that holds the reason


@dataclass(frozen=True, kw_only=True)
class DatasetChanged(Fact):
    TYPE = "dataset.changed"
    AUDITED = True
    SAYS = N_("What the catalogue says of a dataset was changed")
    dataset_id: int
    version: int
    fields: str  # names of what was changed, with commas between them


EVENTS = (DatasetEntered, DatasetMoved, DatasetChanged)
