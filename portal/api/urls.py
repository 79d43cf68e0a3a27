"""Addresses of the interface; the documentation, a page, stands in `portal/urls.py`."""

from django.urls import URLPattern, path

from portal.api import directory, publications, reports, schema

urlpatterns: list[URLPattern] = [
    path("", schema.Root.as_view(), name="api-root"),
    path("publications/", publications.Publications.as_view(), name="api-publications"),
    path(
        "publications/<path:index_number>/",
        publications.PublicationDetail.as_view(),
        name="api-publication",
    ),
    # Not below the item: an index number may end in any word.
    path("versions/", publications.Versions.as_view(), name="api-versions"),
    path("log/", publications.Log.as_view(), name="api-log"),
    path("categories/", directory.Categories.as_view(), name="api-categories"),
    path("categories/<str:code>/", directory.CategoryDetail.as_view(), name="api-category"),
    path("agencies/", directory.Agencies.as_view(), name="api-agencies"),
    path("agencies/<slug:code>/", directory.AgencyDetail.as_view(), name="api-agency"),
    path("agencies/<slug:code>/guide/", directory.Guide.as_view(), name="api-guide"),
    path("annual-reports/", reports.Reports.as_view(), name="api-annual-reports"),
    path(
        "annual-reports/<slug:code>/<int:year>/",
        reports.ReportDetail.as_view(),
        name="api-annual-report",
    ),
    path("request-statistics/", reports.Statistics.as_view(), name="api-request-statistics"),
    path("schema/", schema.SchemaView.as_view(), name="api-schema"),
    path("schema.yaml", schema.YamlView.as_view(), name="api-schema-yaml"),
]
