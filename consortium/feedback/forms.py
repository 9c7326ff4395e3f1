"""What is tapped and typed."""

from consortium.feedback.actions import Words
from consortium.feedback.labels import AGES, SATISFACTION
from participation.policy import N_
from participation.spaces.queries import Places
from participation.web.fields import Choice, Integer, Text
from participation.web.forms import Form

LONGEST = 2_000  # characters


class WordsForm(Form):
    body = Text(
        N_("What was good, what should be better?"),
        max=LONGEST,
        lines=True,
        required=False,
        hint=N_("Everybody can read it. Please write no names, addresses or telephone numbers."),
    )
    area = Choice(N_("Where you live (if you like to say)"), required=False)
    age_band = Choice(
        N_("Your age (if you like to say)"), [(str(band), label) for band, label in AGES.items()], required=False
    )

    def words(self, places: Places) -> Words:
        """Raises Invalid: something is wrong."""
        values = self.ensure()
        areas = {area.key: area.id for area in places.areas}
        return Words(body=values["body"], area_id=areas.get(values["area"]), age_band=values["age_band"] or None)


class FeedbackForm(WordsForm):
    satisfaction = Integer(N_("How satisfied are you?"), min=min(SATISFACTION), max=max(SATISFACTION))
