"""Addresses of this room."""

from functools import partial, update_wrapper

from django.urls import URLPattern, path

from disclosure.reports import views

urlpatterns: list[URLPattern] = [
    path("annual-reports/", views.index, name="annual-reports"),
    path("annual-reports/<str:code>/<int:year>/", views.detail, name="annual-report"),
    path("annual-reports/<str:code>/<int:year>.json", views.as_data, name="annual-report-json"),
    *(
        path(
            f"annual-reports/<str:code>/<int:year>.{kind}",
            update_wrapper(partial(views.as_file, kind=kind), views.as_file),
            name=f"annual-report-{kind}",
        )
        for kind in ("docx", "xlsx", "pdf")
    ),
]
