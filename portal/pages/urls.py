"""Addresses of the pages about the portal itself."""

from django.urls import path

from portal.pages import views

urlpatterns = [
    path("display/", views.display, name="display"),
    path("site-map/", views.site_map, name="site-map"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
