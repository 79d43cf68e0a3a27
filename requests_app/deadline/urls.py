"""Addresses of the calculator."""

from django.urls import URLPattern, path

from requests_app.deadline.views import api_deadline, calculator

page_urlpatterns: list[URLPattern] = [path("deadline/", calculator, name="deadline")]
api_urlpatterns: list[URLPattern] = [path("deadline/", api_deadline, name="api-deadline")]
