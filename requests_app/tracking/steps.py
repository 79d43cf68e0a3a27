"""What an applicant can do to a request that is there already, as a table.

Whether a step is lawful now only `policies` know; here stands what is said about it.
"""

from dataclasses import dataclass

from disclosure.core.text import gettext_noop as _
from requests_app import policies
from requests_app.casework.models import DisclosureRequest
from requests_app.tracking.step_forms import (
    AddFilesForm,
    ComplainForm,
    CorrectForm,
    DeliveryForm,
    RateForm,
    ReasonsForm,
    StepForm,
    WithdrawForm,
)


@dataclass(frozen=True)
class ApplicantStep:
    """A step as the applicant meets it: its page, its words, what is said once it is done."""

    name: str
    form: type[StepForm]
    title: str
    #: What it is for and what follows from it, a sentence each.
    says: tuple[str, ...]
    button: str
    done: str
    is_final: bool = False

    @property
    def slug(self) -> str:
        return self.name.replace("_", "-")

    @property
    def url_name(self) -> str:
        return f"request-{self.slug}"


STEPS: dict[str, ApplicantStep] = {
    row.name: row
    for row in (
        ApplicantStep(
            "correct",
            CorrectForm,
            _("Send a correction"),
            (
                _("The full time limit starts anew the day after the agency has it."),
                _("You can be asked to correct a request only once (Art. 30)."),
            ),
            _("Send the correction"),
            _("Your correction has been sent. The time limit starts anew tomorrow."),
        ),
        ApplicantStep(
            "give_reasons",
            ReasonsForm,
            _("Explain your requests"),
            (
                _("If the reasons are sound, the agency answers, if need be after a delay."),
                _("If they are not, it tells you that it does not process the request (Art. 35)."),
            ),
            _("Send the explanation"),
            _("Your explanation has been sent."),
        ),
        ApplicantStep(
            "add_files",
            AddFilesForm,
            _("Add files"),
            (_("Proof of identity, a letter of authority, or what explains your request."),),
            _("Add the files"),
            _("The files have been added."),
        ),
        ApplicantStep(
            "choose_delivery",
            DeliveryForm,
            _("Choose form and way of delivery"),
            (
                _("The agency gives the information in the form that you ask for, where it can."),
                _("What you give here takes the place of what is on file."),
            ),
            _("Keep this choice"),
            _("Form and way of delivery have been noted."),
        ),
        ApplicantStep(
            "complain",
            ComplainForm,
            _("Object to the delay"),
            (
                _("The last day for the answer has passed. Your objection goes into the case."),
                _("Reconsideration, a lawsuit and a complaint to the superior stay open to you."),
            ),
            _("Send the objection"),
            _("Your objection has been sent."),
        ),
        ApplicantStep(
            "rate",
            RateForm,
            _("Rate the answer"),
            (_("Your rating changes nothing about the answer or your rights against it."),),
            _("Send the rating"),
            _("Thank you, your rating has been noted."),
        ),
        ApplicantStep(
            "withdraw",
            WithdrawForm,
            _("Withdraw the request"),
            (
                _("The agency then stops working on it and does not answer."),
                _("This cannot be undone; you may ask again with a new request."),
            ),
            _("Yes, withdraw the request"),
            _("The request has been withdrawn."),
            is_final=True,
        ),
    )
}
#: What the agency is waiting for: shown first, with what it asked.
ASKED_FOR = ("correct", "give_reasons")


def offered(case: DisclosureRequest) -> list[ApplicantStep]:
    """The steps that are lawful now."""
    like = policies.looking(case, None)
    return [
        step
        for step in STEPS.values()
        if not policies.why_not_begin(case, step.name, None, like=like)
    ]
