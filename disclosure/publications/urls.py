"""Addresses of the catalogue: the list and its items, whose index numbers may hold slashes."""

from django.urls import include, path

from disclosure.publications import views

urlpatterns = [
    path("", include("disclosure.search.urls")),
    path("catalogue/", views.catalogue, name="catalogue"),
    path("catalogue/<path:index_number>/", views.publication, name="publication"),
]
