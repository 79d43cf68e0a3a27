"""Gathers the models of this app's rooms; it holds none itself."""

from requests_app.casework.choices import ApplicantKind, DeliveryChannel, Form, IntakeChannel
from requests_app.casework.models import (
    Answer,
    Applicant,
    CaseNote,
    DisclosureRequest,
    NamedPerson,
    RequestEvent,
    RequestFile,
    StagedUpload,
)
from requests_app.consulting.models import HelpTask, Party
from requests_app.deciding.models import AnswerDraft, Point
from requests_app.fees.models import FeeNotice
from requests_app.filters.models import SavedFilter
from requests_app.letters.models import (
    Delivery,
    Letter,
    LetterFile,
    LetterStyle,
    LetterWording,
)
from requests_app.messages.models import Message, MessageText
from requests_app.proposing.models import AskedAbout, AskedOften, Proposal
from requests_app.remedies.models import RemedyCase

__all__ = [
    "Answer",
    "AnswerDraft",
    "Applicant",
    "ApplicantKind",
    "AskedAbout",
    "AskedOften",
    "CaseNote",
    "Delivery",
    "DeliveryChannel",
    "DisclosureRequest",
    "FeeNotice",
    "Form",
    "HelpTask",
    "IntakeChannel",
    "Letter",
    "LetterFile",
    "LetterStyle",
    "LetterWording",
    "Message",
    "MessageText",
    "NamedPerson",
    "Party",
    "Point",
    "Proposal",
    "RemedyCase",
    "RequestEvent",
    "RequestFile",
    "SavedFilter",
    "StagedUpload",
]
