"""The application, its review, and what an organisation says of itself."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from consortium.membership.labels import KINDS
from participation.db import Localized
from participation.organisations import is_corporate_number
from participation.organisations.models import MandateRole, Organisation, OrganisationKind
from participation.organisations.policy import LABELS
from participation.policy import N_
from participation.web.addresses import WebAddress
from participation.web.fields import Choice, Email, FieldError, Text
from participation.web.forms import Form

TAKEN = N_(
    "%(name)s has this corporate number and is here already. Ask its representative to invite you; nothing you typed is"
    " lost."
)
TAKEN_QUIETLY = N_("An application with this corporate number is under review already. Please ask the secretariat.")
WITHOUT_NUMBER = (OrganisationKind.RESIDENT_ASSOCIATION, OrganisationKind.NPO, OrganisationKind.OTHER)


class CorporateNumber(Text):
    """Thirteen digits with their check digit; full-width digits, spaces and hyphens are put right."""

    def read(self, text: str) -> str:
        digits = unicodedata.normalize("NFKC", text).replace("-", "").replace(" ", "").replace("T", "")
        if len(digits) != 13 or not (digits.isascii() and digits.isdigit()):
            raise FieldError(N_("A corporate number has 13 digits."))
        if not is_corporate_number(digits):
            raise FieldError(N_("These digits are no corporate number: the first one does not fit the others."))
        return digits


class ProfileForm(Form):
    """What representatives keep up to date themselves."""

    name_en = Text(N_("Name (English)"), max=120, required=False)
    address = Text(N_("Registered address"), max=200, required=False)
    website = WebAddress(N_("Website"), max=300, required=False)
    description = Text(
        N_("What the organisation does"),
        max=2_000,
        lines=True,
        required=False,
        hint=N_("Two or three sentences for citizens."),
    )

    def organisation_values(self, name_ja: str) -> dict[str, Any]:
        values = self.ensure()
        texts = {name: values[name] for name in ("address", "website", "description")}
        return {**texts, "name": Localized({"ja": name_ja, **({"en": values["name_en"]} if values["name_en"] else {})})}


class ApplicationForm(ProfileForm):
    kind = Choice(N_("Kind of organisation"), [(str(kind), label) for kind, label in KINDS.items()])
    corporate_number = CorporateNumber(
        N_("Corporate number"),
        max=40,
        required=False,
        hint=N_("13 digits. Resident associations and other groups without one leave it empty."),
    )
    name_ja = Text(N_("Name (Japanese)"), min=2, max=120, hint=N_("As it is registered."))
    contact = Text(
        N_("Whom we can ask"), min=5, max=200, hint=N_("Department, name, telephone. Only the secretariat sees this.")
    )
    purpose = Text(
        N_("Why you want to join"), min=10, max=2_000, lines=True, hint=N_("Only the secretariat sees this.")
    )

    def check(self) -> None:
        if not self.values["corporate_number"] and self.values["kind"] not in WITHOUT_NUMBER:
            self.fail("corporate_number", N_("Please give the corporate number of an organisation of this kind."))

    def refuse_taken(self, other: Organisation | None, public: bool, locale: str) -> None:
        """Say at the field that the number belongs to another one; its name only where it is public."""
        if other is None:
            return
        if public:
            self.fail("corporate_number", TAKEN, name=other.name.to(locale))
        else:
            self.fail("corporate_number", TAKEN_QUIETLY)

    def application_values(self) -> dict[str, Any]:
        values = self.ensure()
        own = {name: values[name] for name in ("kind", "purpose", "contact")}
        return {
            **self.organisation_values(values["name_ja"]),
            **own,
            "corporate_number": values["corporate_number"] or None,
        }


class AgainForm(ApplicationForm):
    answer = Text(N_("Your answer to the secretariat"), max=2_000, lines=True, required=False)


class DecisionForm(Form):
    reason = Text(
        N_("Reason or question"), max=2_000, lines=True, required=False, hint=N_("The organisation reads it.")
    )


class LeaveForm(Form):
    reason = Text(N_("Why you leave"), min=2, max=1_000, lines=True)


class InvitePersonForm(Form):
    email = Email(N_("E-mail address"))
    role = Choice(N_("What they may do"), [(str(role), LABELS[role]) for role in MandateRole])


def filled(organisation: Organisation, more: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the form of an organisation that is here already."""
    names = {"name_ja": organisation.name.get("ja", ""), "name_en": organisation.name.get("en", "")}
    stored = {name: getattr(organisation, name) for name in ("kind", "corporate_number", "address", "website")}
    return {**names, **stored, "description": organisation.description, **more}
