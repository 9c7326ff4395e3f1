"""Questions that most calls ask, offered with one click. The living areas are the city's own."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.policy import N_
from participation.spaces.models import Area
from participation.web.i18n import translations

AGES = {
    "18-29": N_("18 to 29"),
    "30-44": N_("30 to 44"),
    "45-59": N_("45 to 59"),
    "60-74": N_("60 to 74"),
    "75plus": N_("75 and over"),
}
GENDERS = {"woman": N_("Woman"), "man": N_("Man"), "other": N_("Other, or I would rather not say")}
OCCUPATIONS = {
    "employed": N_("Employed"),
    "own-business": N_("Own business or farm"),
    "care": N_("At home, caring for others"),
    "study": N_("Student"),
    "none": N_("Not working, retired"),
}
READY: dict[str, tuple[str, str, dict[str, str]]] = {
    "age_band": (
        N_("Your age on the day"),
        N_("So that young and old are both there, in the proportion of the city."),
        AGES,
    ),
    "gender": (N_("Your gender"), N_("So that no gender is left out of the group."), GENDERS),
    "area": (N_("The area where you live, work or study"), N_("So that all parts of the city are heard."), {}),
    "occupation": (N_("What you do"), N_("So that people with different days come together."), OCCUPATIONS),
}

Words = tuple[Localized, Localized, list[tuple[str, Localized]]]


def ready_made(session: Session, key: str) -> Words:
    """(question, why it is asked, answers) in both languages."""
    label, why, options = READY[key]
    if key == "area":
        rows = session.execute(select(Area.key, Area.name).order_by(Area.position, Area.id))
        return _both(label), _both(why), [(area, name) for area, name in rows]
    return _both(label), _both(why), [(option, _both(text)) for option, text in options.items()]


def _both(message: str) -> Localized:
    return Localized({locale: translations(locale).gettext(message) for locale in ("ja", "en")})
