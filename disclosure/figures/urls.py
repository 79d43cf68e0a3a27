"""Addresses of this room."""

from django.urls import URLPattern, path

from disclosure.figures import views

urlpatterns: list[URLPattern] = [path("figures/", views.figures, name="figures")]
