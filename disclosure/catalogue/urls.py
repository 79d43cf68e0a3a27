"""Addresses of guides and rules: the portal's own without a code, every agency's with its code."""

from django.urls import path

from disclosure.catalogue import views

urlpatterns = [
    path("guide/", views.own_guide, name="guide"),
    path("rules/", views.own_rules, name="rules"),
    path("rules/<slug:slug>/", views.own_rule, name="rule"),
    path("agencies/<slug:code>/guide/", views.agency_guide, name="agency-guide"),
    path("agencies/<slug:code>/rules/", views.agency_rules, name="agency-rules"),
    path("agencies/<slug:code>/rules/<slug:slug>/", views.agency_rule, name="agency-rule"),
]
