"""The address of the lobby screen's page."""

from django.urls import path

from disclosure.channels import screen

urlpatterns = [path("screen/", screen.screen, name="screen")]
