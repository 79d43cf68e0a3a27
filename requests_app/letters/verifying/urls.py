"""Addresses of the verification; the second stands in the QR code of every letter."""

from django.urls import URLPattern, path

from requests_app.letters.verifying.views import verify

urlpatterns: list[URLPattern] = [
    path("verify/", verify, name="verify"),
    path("verify/<str:code>/", verify, name="verify-letter"),
]
