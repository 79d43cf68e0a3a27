"""Every address of the portal; `contract.md` names those that must stay."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from disclosure.publiclog.urls import download_urlpatterns as log_downloads
from disclosure.publiclog.urls import page_urlpatterns as log_pages
from requests_app.deadline.urls import api_urlpatterns as deadline_api
from requests_app.deadline.urls import page_urlpatterns as deadline_pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.health.urls")),
    path("", include("disclosure.files.urls")),
    path("", include(log_downloads)),
    path("api/v1/", include(deadline_api)),
]
urlpatterns += i18n_patterns(
    path("", include("portal.home.urls")),
    path("", include("portal.pages.urls")),
    path("", include("disclosure.catalogue.urls")),
    path("", include("disclosure.publications.urls")),
    path("", include("disclosure.agencies.urls")),
    path("", include("disclosure.reports.urls")),
    path("", include("disclosure.figures.urls")),
    path("", include("disclosure.standards.urls")),
    path("", include("disclosure.channels.urls")),
    path("", include("disclosure.withheld.urls")),
    path("", include(log_pages)),
    path("requests/", include("requests_app.urls")),
    path("", include("requests_app.letters.verifying.urls")),
    path("", include(deadline_pages)),
    path("admin/", admin.site.urls),
    prefix_default_language=False,
)
