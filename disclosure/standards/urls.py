"""Addresses of the standard catalogues."""

from django.urls import path

from disclosure.standards import views

urlpatterns = [
    path("standards/", views.areas, name="standards"),
    path("standards/<slug:code>/<slug:area>/", views.table, name="standard-table"),
    path("standards/<slug:code>/<slug:area>.xlsx", views.xlsx, name="standard-xlsx"),
]
