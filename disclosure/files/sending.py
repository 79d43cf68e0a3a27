"""How a file of the private storage reaches the reader, once it is known that they may have it."""

from urllib.parse import quote

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase


def head(size: int) -> HttpResponse:
    """The answer to HEAD: no bytes, but how many (of `size`) there would be."""
    return HttpResponse(headers={"Content-Length": str(size)})


def body(file: FieldFile) -> HttpResponseBase:
    """Its bytes, sent by nginx where settings.X_ACCEL_PREFIX names its place, else by us; raises
    FileNotFoundError (ours alone: nginx says 404 by itself)."""
    if settings.X_ACCEL_PREFIX:
        response = HttpResponse()
        address = f"{settings.X_ACCEL_PREFIX.rstrip('/')}/{quote(str(file.name))}"
        response["X-Accel-Redirect"] = address
        return response
    return FileResponse(file.open("rb"))
