"""What can be done to a request. Nothing else writes the models of this app.

`take(request, step, actor=…, **what)` does every step of the table; `submit` and `enter` make a
request; `set_points`, `decide` and `draft` work out the answer before it is sent to review. Each
takes the moment as `at` (default: now), so that tests and demonstration content need no frozen
clock. `actor=None` is the applicant or the system.
"""

from requests_app.actions import effects, several  # noqa: F401  (what steps change)
from requests_app.actions.deciding import decide, draft, set_points
from requests_app.actions.engine import EFFECTS, take
from requests_app.actions.intake import RECEIPT_AGAIN, Receipt, Submission, enter, submit
from requests_app.actions.reading import add_note, open_file, open_letter, reveal
from requests_app.keeping import effects as _keeping  # noqa: F401
from requests_app.moving import effects as _moving  # noqa: F401

__all__ = [
    "EFFECTS",
    "RECEIPT_AGAIN",
    "Receipt",
    "Submission",
    "add_note",
    "decide",
    "draft",
    "enter",
    "open_file",
    "open_letter",
    "reveal",
    "set_points",
    "submit",
    "take",
]
