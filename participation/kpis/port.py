"""What whoever brings KPIs from elsewhere needs: the council file, the demo."""

from participation.kpis.actions import Reading
from participation.kpis.judging import WITHOUT_NUMBER, Aim, Comparator
from participation.kpis.planting import Branch, plant
from participation.kpis.years import FIRST, LAST, Calendar

__all__ = ["FIRST", "LAST", "WITHOUT_NUMBER", "Aim", "Branch", "Calendar", "Comparator", "Reading", "plant"]
