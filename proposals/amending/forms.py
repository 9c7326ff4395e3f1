"""What is typed into an amendment, and into the answer to one."""

from participation.policy import N_
from participation.web.fields import Integer, Text
from participation.web.forms import Form
from proposals.forms import ProposalForm


class AmendmentForm(Form):
    """The same limits as the proposal's own."""

    title = ProposalForm.fields["title"]
    body = ProposalForm.fields["body"]
    reason = Text(N_("Why is it better so?"), min=5, max=500, hint=N_("Everybody can read this beside the change."))

    def expect_change(self, title: str, body: str) -> None:
        """Fails while nothing differs from the present text."""
        if self.ok and (self.values["title"], self.values["body"]) == (title, body.strip()):
            self.fail("body", N_("Nothing is changed yet. Please change the title or the text."))


class AcceptForm(Form):
    seen_version = Integer(N_("Version that you compared with"), min=1)
    note = Text(N_("A word about it"), max=500, required=False)


class RejectForm(Form):
    note = Text(N_("Why not?"), min=3, max=500, hint=N_("Everybody can read this, and who suggested it is told."))
