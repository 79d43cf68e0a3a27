"""What this room adds to the service; imported when the app is ready."""

import datetime as dt
from typing import Any

from disclosure.core import daily
from disclosure.figures import sources
from disclosure.publications import item
from disclosure.publications.models import Publication
from disclosure.visits import folding, for_figures, reading
from disclosure.visits.presenting import of_item


def _shown(publication: Publication, at: dt.datetime) -> dict[str, Any]:
    found = of_item(publication)
    return {"reads": found} if found else {}


item.register_extra("reads", _shown, "disclosure/visits/_reads.html", order=900)
sources.register(for_figures.SOURCE)
daily.register("counts of reading", reading.refresh)
daily.register("counts of reading long ago", folding.fold_old)
