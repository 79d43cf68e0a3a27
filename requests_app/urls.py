"""Addresses under `/requests/`."""

from django.urls import URLPattern, path, register_converter

from requests_app.intake import views as intake
from requests_app.tracking import views as tracking


class NumberConverter:
    """A request's number as people may write it; the view makes capitals of it."""

    regex = r"[A-Za-z0-9-]{3,32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "request_number")

urlpatterns: list[URLPattern] = [
    path("new/", intake.new, name="request-new"),
    path("receipt/", intake.receipt, name="request-receipt"),
    path("track/", tracking.track, name="request-track"),
    path("<request_number:number>/", tracking.page, name="request"),
    path("<request_number:number>/leave/", tracking.leave, name="request-leave"),
    # No name of the file in the address: it may name a person.
    path("<request_number:number>/files/<uuid:uuid>/", tracking.file, name="request-file"),
]
