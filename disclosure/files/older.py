"""Files of public items from before files were looked into: looked into as they lie, so that a
revision can carry on the clean ones. Neither the public file nor its digest is touched.
"""

import hashlib
import logging
from typing import Any

from django.db import transaction

from disclosure.audit.trail import record
from disclosure.core.dates import now
from disclosure.files import clearing, gate, scanning
from disclosure.files.kinds import Problem
from disclosure.files.models import FileCheck, FileText
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Attachment

logger = logging.getLogger(__name__)

#: Files that one run of the daily job looks into, and failures after which the scanner is away.
AT_ONCE = 200
_ENOUGH_FAILED = 3


def look_into() -> int:
    """The daily job: look into the next files without a check; how many. What has one is not
    looked into again, so it goes on where it stopped; clean or not, staff find it in the list of
    checks with the reasons.
    """
    done = failed = 0
    rows = Attachment.objects.filter(
        publication__state=State.PUBLISHED, file_check__isnull=True
    ).order_by("pk")
    for attachment in rows.select_related("publication__agency").iterator(chunk_size=AT_ONCE):
        if done == AT_ONCE or failed == _ENOUGH_FAILED:
            break
        try:
            with attachment.file.open("rb") as file:
                data = file.read()
        except FileNotFoundError:
            # `verify_log` names it; it may come back with the storage.
            logger.warning("the file of attachment %s is missing", attachment.pk)
            continue
        scan = scanning.scan(data)
        if scan.state is scanning.State.UNAVAILABLE:
            failed += 1
            continue
        done += _note(attachment, data, scan)
    return done


def _note(attachment: Attachment, data: bytes, scan: scanning.Result) -> bool:
    """Keep what the bytes are like, for the attachment and for a revision's copy of it."""
    digest = hashlib.sha256(data).hexdigest()
    is_infected = scan.state is scanning.State.INFECTED
    # Nothing opens what holds a virus, nor what is not the file that was signed off.
    is_opened = not is_infected and digest == attachment.sha256
    if is_opened:
        proof = gate.prove(data, attachment.content_type)
    else:
        proof = gate.Proof([] if digest == attachment.sha256 else [Problem("changed")])
    with transaction.atomic():
        rows = Attachment.objects.select_for_update(of=("self",))
        stored = rows.filter(pk=attachment.pk, file=attachment.file.name).first()
        if stored is None or FileCheck.objects.filter(attachment=stored).exists():
            return False
        if is_infected:
            _keep_infected(stored, scan, digest, proof)
        else:
            clearing.keep(
                stored, clearing.Prepared(data, data, stored.content_type, scan, [], proof)
            )
        copies = Attachment.objects.filter(
            publication__revises=stored.publication_id,
            file=stored.file.name,
            sha256=stored.sha256,
            file_check__isnull=True,
        )
        for copy in copies:
            FileText.objects.filter(attachment=copy).delete()
            clearing.copy(stored, copy)
    return True


def _keep_infected(
    attachment: Attachment, scan: scanning.Result, digest: str, proof: gate.Proof
) -> None:
    """The public file stays where it is: that is for staff to decide, who are told by name."""
    FileCheck.objects.create(
        attachment=attachment,
        scan_state=FileCheck.Scan.INFECTED,
        scanned_at=now(),
        signature=scan.name,
        problems=[one.as_json() for one in proof.problems],
        proved_sha256=digest,
        original_sha256=digest,
    )
    facts: dict[str, Any] = {"attachment": attachment.pk, "sha256": attachment.sha256}
    record(None, "publication.file_infected", attachment.publication, **facts)
