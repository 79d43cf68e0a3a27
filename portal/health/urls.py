"""Addresses for machines, without a language: health, robots, sitemap, security.txt."""

from django.urls import path
from django.views.generic import RedirectView

from portal.health import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-<str:section>.xml", views.sitemap_part, name="sitemap-section"),
    path(".well-known/security.txt", views.security, name="security-txt"),
    path(
        "security.txt",
        RedirectView.as_view(pattern_name="security-txt", permanent=True),
        name="security-txt-at-the-root",
    ),
]
