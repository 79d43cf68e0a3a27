"""Gathers the models of this app's rooms; it holds none itself."""

from requests_app.casework.models import (
    Answer,
    Applicant,
    ApplicantKind,
    DeliveryChannel,
    DisclosureRequest,
    Form,
    IntakeChannel,
    RequestEvent,
    RequestFile,
    StagedUpload,
)

__all__ = [
    "Answer",
    "Applicant",
    "ApplicantKind",
    "DeliveryChannel",
    "DisclosureRequest",
    "Form",
    "IntakeChannel",
    "RequestEvent",
    "RequestFile",
    "StagedUpload",
]
