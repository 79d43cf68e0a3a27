"""Addresses of open data: its page in each language, what machines fetch in none."""

from django.urls import path

from disclosure.opendata import feeds, views

page_urlpatterns = [path("open-data/", views.page, name="open-data")]
machine_urlpatterns = [
    path("open-data/catalog.jsonld", views.catalog, name="open-data-catalog"),
    path("open-data/publications.<str:kind>.gz", views.download, name="open-data-dump"),
    path("feeds/publications.atom", feeds.everything, name="feed"),
    path("feeds/categories/<path:code>.atom", feeds.of_category, name="feed-category"),
    path("feeds/agencies/<str:code>.atom", feeds.of_agency, name="feed-agency"),
]
