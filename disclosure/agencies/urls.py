"""Addresses of agencies; their guides and rules are the catalogue's."""

from django.urls import path

from disclosure.agencies import views

urlpatterns = [
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/<slug:code>/", views.agency, name="agency"),
]
