"""Addresses of the public log: its page in each language, its downloads in none."""

from django.urls import path

from disclosure.publiclog import views

page_urlpatterns = [path("log/", views.log, name="log")]
download_urlpatterns = [
    path("log/publications.jsonl", views.download, name="log-download"),
    path("log/check_log.py", views.checker, name="log-checker"),
]
