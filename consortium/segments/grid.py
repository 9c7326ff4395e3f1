"""The segments that a report speaks of: in total, by age band, by gender, by living area."""

from collections.abc import Callable
from dataclasses import dataclass

from consortium.feedback.labels import AGES
from consortium.segments.models import Dimension, Gender
from participation.policy import N_
from participation.spaces.queries import Places

DIMENSIONS = {
    Dimension.TOTAL: N_("All users"),
    Dimension.AGE: N_("By age"),
    Dimension.GENDER: N_("By gender"),
    Dimension.AREA: N_("By living area"),
}
GENDERS = {Gender.FEMALE: N_("Female"), Gender.MALE: N_("Male"), Gender.OTHER: N_("Other gender")}
REST = ""  # the segment of those of whom it is not known


@dataclass(frozen=True)
class Cell:
    """A row of the form; `label` is in the reader's language."""

    dimension: Dimension
    segment: str
    label: str

    @property
    def users(self) -> str:
        """The name of the field."""
        return f"users-{self._key}"

    @property
    def satisfaction(self) -> str:
        return f"satisfaction-{self._key}"

    @property
    def _key(self) -> str:
        return f"{self.dimension}-{self.segment}" if self.segment else str(self.dimension)


@dataclass(frozen=True)
class Grid:
    cells: tuple[Cell, ...]
    labels: dict[Dimension, str]

    def of(self, dimension: Dimension) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.dimension == dimension)

    @property
    def total(self) -> Cell:
        return self.cells[0]

    @property
    def split(self) -> tuple[Dimension, ...]:
        """The dimensions that have segments here."""
        return tuple(name for name in Dimension if name != Dimension.TOTAL and self.of(name))


def grid_of(places: Places, translate: Callable[[str], str]) -> Grid:
    labels = {name: translate(label) for name, label in DIMENSIONS.items()}
    return Grid(
        (
            Cell(Dimension.TOTAL, REST, labels[Dimension.TOTAL]),
            *(Cell(Dimension.AGE, str(band), translate(label)) for band, label in AGES.items()),
            *(Cell(Dimension.GENDER, str(gender), translate(label)) for gender, label in GENDERS.items()),
            *(Cell(Dimension.AREA, area.key, area.name) for area in places.areas),
        ),
        labels,
    )
