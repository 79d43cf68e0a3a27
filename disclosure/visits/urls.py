"""Address of this room."""

from django.urls import URLPattern, path

from disclosure.visits import views

urlpatterns: list[URLPattern] = [path("most-read/", views.most_read, name="most-read")]
