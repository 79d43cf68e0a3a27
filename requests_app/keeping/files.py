"""The bytes of erased files: an empty name is the durable mark that they are to go."""

from collections.abc import Iterable

from django.db.models import QuerySet

from requests_app.casework.models import DisclosureRequest, RequestFile, StoredFile
from requests_app.letters.models import LetterFile

BATCH = 500


def forget_bytes(case: DisclosureRequest | None = None) -> int:
    """Delete the bytes of files that were erased (of `case`, or all); their rows with size and
    SHA-256 stay. Safe to run at any time; how many files."""
    letters, files = LetterFile.objects.all(), RequestFile.objects.all()
    if case is not None:
        letters, files = letters.filter(letter__request=case), files.filter(request=case)
    return _forget(files) + _forget(letters)


def _forget(rows: QuerySet[StoredFile]) -> int:
    """The bytes first: a row names them until they are gone."""
    count = 0
    erased = rows.filter(label__isnull=True).exclude(file="").order_by("pk")
    while found := list(erased[:BATCH]):
        _delete(found)
        count += rows.filter(pk__in=[file.pk for file in found]).update(file="")
    return count


def _delete(files: Iterable[StoredFile]) -> None:
    for file in files:
        file.file.storage.delete(str(file.file.name))
