"""Several files as one ZIP: its name, the names in it, and that it is never held in memory."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.files import archive
from tests.factories import make_publication


@dataclass
class Named:
    name: str


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["a.txt", "b.txt"], ["a.txt", "b.txt"]),
        (["a.txt", "a.txt", "a.txt"], ["a.txt", "a (2).txt", "a (3).txt"]),
        (["a.txt", "a.txt", "a (2).txt"], ["a.txt", "a (3).txt", "a (2).txt"]),
        (["A.txt", "a.txt"], ["A.txt", "a (2).txt"]),
        (["附件.pdf", "附件.pdf"], ["附件.pdf", "附件 (2).pdf"]),
    ],
)
def test_names_differ(given: list[str], expected: list[str]) -> None:
    files: Any = [Named(name) for name in given]
    assert [name for name, _file in archive.named(files)] == expected


class Zeros(io.RawIOBase):
    """A stored file of so many bytes that are nowhere."""

    def __init__(self, size: int) -> None:
        self.left = size

    def open(self, _mode: str) -> "Zeros":
        return self

    def read(self, size: int = -1) -> bytes:
        taken = min(size, self.left)
        self.left -= taken
        return bytes(taken)


def test_a_large_file_goes_through_in_small_pieces() -> None:
    size = 64 * 2**20
    pieces = [len(piece) for piece in archive.stream([("大.bin", Zeros(size))])]
    assert max(pieces) < 2 * archive.CHUNK
    assert size < sum(pieces) < size + 1000


@pytest.mark.django_db
def test_the_address_does_not_name_the_archive(client: Client) -> None:
    item = make_publication(title="甲/乙的通知", attachments={"a.txt": b"one", "b.txt": b"two"})
    first = item.attachments.order_by("order", "pk").first()
    response = client.get(reverse("attachments-all", args=[first.uuid, "setup.exe"]))
    assert response["Content-Disposition"].endswith(quote("甲／乙的通知.zip"))
    data = b"".join(response.streaming_content)
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert [one.compress_type for one in made.infolist()] == [zipfile.ZIP_STORED] * 2
        assert made.read("b.txt") == b"two"


@pytest.mark.django_db
def test_a_head_reads_no_file(client: Client, monkeypatch) -> None:
    item = make_publication(attachments={"a.txt": b"one", "b.txt": b"two"})
    first = item.attachments.order_by("order", "pk").first()
    address = reverse("attachments-all", args=[first.uuid, "a.zip"])
    etag = client.get(address)["ETag"]
    monkeypatch.setattr(archive, "stream", lambda files: pytest.fail("it was read"))
    response = client.head(address)
    assert (response.status_code, response["ETag"]) == (200, etag)
    assert response["Content-Type"] == "application/zip"
