"""Every address of the portal; `contract.md` names those that must stay."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from disclosure.opendata.urls import machine_urlpatterns as open_data_files
from disclosure.opendata.urls import page_urlpatterns as open_data_page
from disclosure.publiclog.urls import download_urlpatterns as log_downloads
from disclosure.publiclog.urls import page_urlpatterns as log_pages
from portal.api.docs import docs as api_docs
from requests_app.deadline.urls import api_urlpatterns as deadline_api
from requests_app.deadline.urls import page_urlpatterns as deadline_pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.health.urls")),
    path("", include("disclosure.files.urls")),
    path("", include(log_downloads)),
    path("", include(open_data_files)),
    path("api/v1/", include(deadline_api)),
    path("api/v1/", include("portal.api.urls")),
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
    path("", include("disclosure.visits.urls")),
    path("", include(open_data_page)),
    path("requests/", include("requests_app.urls")),
    path("", include("requests_app.letters.verifying.urls")),
    path("", include(deadline_pages)),
    path("api/v1/docs/", api_docs, name="api-docs"),
    path("admin/", admin.site.urls),
    prefix_default_language=False,
)
