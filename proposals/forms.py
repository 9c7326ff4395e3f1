"""What is typed into a proposal. A draft takes nearly anything, so that nothing typed is lost; publishing is strict."""

from typing import Any

from participation.policy import N_
from participation.spaces.queries import Named, Places
from participation.web.fields import Choice, Decimal, Flag, Text, Upload
from participation.web.forms import Form

TITLE_MAX, BODY_MIN, BODY_MAX = 200, 20, 5_000
PICTURES = 3


class PlaceForm(Form):
    """What a draft and a published text share."""

    category = Choice(N_("Category"), required=False)
    living_area = Choice(N_("Living area"), required=False)
    lat = Decimal(N_("Latitude"), min=-90, max=90, required=False, hint=N_("For example 34.69 for Kobe."))
    lng = Decimal(N_("Longitude"), min=-180, max=180, required=False, hint=N_("For example 135.19 for Kobe."))

    def check(self) -> None:
        if "lat" in self.values and (self.values["lat"] is None) != (self.values.get("lng") is None):
            self.fail("lng" if self.values.get("lng") is None else "lat", N_("A point needs latitude and longitude."))


class DraftText(PlaceForm):
    """Longer than may be published: what is too much is said, not cut off."""

    title = Text(N_("Title"), max=1_000, required=False)
    body = Text(N_("Your proposal"), max=20_000, lines=True, required=False)


class DraftForm(DraftText):
    """A draft on its page, where the process may still be chosen."""

    process = Choice(N_("Process"), required=False)


class ProposalForm(PlaceForm):
    """What may stand in public."""

    title = Text(
        N_("Title"), min=8, max=TITLE_MAX, hint=N_("Say in one line what should change. At least 8 characters.")
    )
    body = Text(
        N_("Your proposal"),
        min=BODY_MIN,
        max=BODY_MAX,
        lines=True,
        hint=N_(
            "What is hard now? What do you wish for? A blank line makes a paragraph, a line that starts with - a list."
        ),
    )
    pictures = Upload(
        N_("Pictures"),
        many=True,
        accept="image/png,image/jpeg,image/webp",
        hint=N_("Up to three, PNG, JPEG or WebP, each up to 10 MB. Where a picture was taken is removed from it."),
    )


class EditForm(ProposalForm):
    """A new version of a published text."""

    reason = Text(N_("Why do you change it?"), max=500, hint=N_("Everybody can read this beside the change."))


class ApiForm(ProposalForm):
    """The body of the API's create and change calls."""

    publish = Flag(N_("Publish at once"))
    reason = Text(N_("Why do you change it?"), max=500, required=False)


class ApiDraft(DraftText):
    """The body of the API's calls for a draft; its address names the process."""

    publish = Flag(N_("Publish at once"))


class ApiChange(ApiDraft):
    """What the call may hold that changes a proposal in any state."""

    reason = Text(N_("Why do you change it?"), max=500, required=False)


def options(names: tuple[Named, ...]) -> list[tuple[str, str]]:
    return [(named.key, named.name) for named in names]


def choices(places: Places) -> dict[str, list[tuple[str, str]]]:
    """The options of the choices, by field."""

    return {
        "category": options(places.categories),
        "living_area": options(places.areas),
        "process": options(places.processes),
    }


def to_stored(values: dict[str, Any], places: Places) -> dict[str, Any]:
    """Typed values by the names of the columns; only what was given."""
    stored = {name: values[name] for name in ("title", "body", "lat", "lng") if name in values}
    for field, column, names in (
        ("category", "category_id", places.categories),
        ("living_area", "area_id", places.areas),
    ):
        if field in values:
            stored[column] = next((named.id for named in names if named.key == values[field]), None)
    if ("lat" in stored) != ("lng" in stored) or (stored.get("lat") is None) != (stored.get("lng") is None):
        stored.pop("lat", None), stored.pop("lng", None)
    return stored
