"""Addresses of this room."""

from django.urls import URLPattern, path

from disclosure.reports import views

urlpatterns: list[URLPattern] = [
    path("annual-reports/", views.index, name="annual-reports"),
    path("annual-reports/<str:code>/<int:year>/", views.detail, name="annual-report"),
    path("annual-reports/<str:code>/<int:year>.json", views.as_data, name="annual-report-json"),
]
