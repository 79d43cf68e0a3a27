"""Each request gets its one point; what was answered counts for the report as it stands."""

from typing import Any

from django.db import migrations
from django.db.models import F

BATCH = 1000


def fill(apps: Any, schema_editor: Any) -> None:
    requests = apps.get_model("requests_app", "DisclosureRequest")
    point = apps.get_model("requests_app", "Point")
    requests.objects.filter(state__in=["answered", "closed"]).update(
        counted_outcome=F("outcome"), counted_on=F("answered_on")
    )
    last = 0
    while True:
        rows = list(
            requests.objects.filter(pk__gt=last)
            .order_by("pk")
            .values_list("pk", "information_name", "description")[:BATCH]
        )
        if not rows:
            return
        point.objects.bulk_create(
            [
                point(
                    request_id=key,
                    position=1,
                    text=(name or description.replace("\n", " ")[:80])[:1000],
                )
                for key, name, description in rows
            ]
        )
        last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0002_casework_complete")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
