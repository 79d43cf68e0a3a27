"""Addresses of what the public is told of what is not public."""

from django.urls import path

from disclosure.withheld import views

urlpatterns = [
    path("withheld/", views.withheld, name="withheld"),
    path("on-request/", views.on_request, name="on-request"),
]
