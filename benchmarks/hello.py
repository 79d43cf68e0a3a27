"""The portal with one more address: `/hello/`, which says so and nothing else, through every
middleware. `benchmarks/listing.py` serves it."""

import importlib

from django.http import HttpRequest, HttpResponse
from django.urls import path

# It sets Django up, before which there are no addresses.
application = importlib.import_module("portal.wsgi").application


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello", content_type="text/plain")


importlib.import_module("portal.urls").urlpatterns.insert(0, path("hello/", hello))
