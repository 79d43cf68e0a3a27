"""Addresses under `/requests/`."""

from django.urls import URLPattern, path, register_converter

from requests_app.intake import views as intake
from requests_app.proposing import views as proposing
from requests_app.tracking import code_views, step_views
from requests_app.tracking import views as tracking
from requests_app.tracking.steps import STEPS


class NumberConverter:
    """A request's number as people may write it; the view makes capitals of it."""

    regex = r"[A-Za-z0-9-]{3,32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class LetterFormatConverter(NumberConverter):
    """As which file a letter is wanted."""

    regex = r"pdf|docx"


register_converter(NumberConverter, "request_number")
register_converter(LetterFormatConverter, "letter_format")

urlpatterns: list[URLPattern] = [
    path("new/", intake.new, name="request-new"),
    path("receipt/", intake.receipt, name="request-receipt"),
    path("track/", tracking.track, name="request-track"),
    path("code/", code_views.ask, name="request-code"),
    path("code/shown/", code_views.shown, name="request-code-shown"),
    path("code/<str:token>/", code_views.link, name="request-code-link"),
    path("<request_number:number>/", tracking.page, name="request"),
    path("<request_number:number>/leave/", tracking.leave, name="request-leave"),
    path("<request_number:number>/suggest/", proposing.suggest, name="request-suggest"),
    # No name of the file in the address: it may name a person.
    path("<request_number:number>/files/<uuid:uuid>/", tracking.file, name="request-file"),
    # Letters by their place among the request's letters to the applicant.
    path(
        "<request_number:number>/letters/<int:place>/<letter_format:form>/",
        tracking.letter,
        name="request-letter",
    ),
    path(
        "<request_number:number>/letters/<int:place>/sign-for/",
        step_views.sign_for,
        name="request-sign-for",
    ),
]
urlpatterns += [
    path(
        f"<request_number:number>/{step.slug}/", step_views.step_view(step.name), name=step.url_name
    )
    for step in STEPS.values()
]
