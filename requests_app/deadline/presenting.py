"""A reckoning as the page, the interface and the command show it."""

from datetime import date
from typing import Any

from disclosure.core.citing import cite
from requests_app.clock import Reckoning, Step
from requests_app.deadline.wording import say


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def as_open_data(reckoning: Reckoning) -> dict[str, Any]:
    """What `/api/v1/deadline/` gives."""
    return {
        "received": _iso(reckoning.received),
        "regulation": reckoning.regulation,
        "correction_notice_due": _iso(reckoning.correction_notice_due),
        "answer_due": _iso(reckoning.answer_due),
        "extended_answer_due": _iso(reckoning.extended_answer_due),
        "provisional": reckoning.provisional,
    }


def as_json(reckoning: Reckoning) -> dict[str, Any]:
    """What `due --json` gives; `what` in the active language."""
    data = as_open_data(reckoning)
    provisional = data.pop("provisional")
    return {
        **data,
        "waiting_for": reckoning.waiting_for,
        "fee_due": _iso(reckoning.fee_due),
        "provisional": provisional,
        "steps": [
            {"date": _iso(step.date), "what": say(step.what), "article": step.article}
            for step in reckoning.steps
        ],
    }


def shown_steps(steps: tuple[Step, ...]) -> list[dict[str, str]]:
    """The steps for a page: date, sentence and article, ready to show."""
    return [
        {
            "date": step.date.isoformat(),
            "what": say(step.what),
            "article": cite(step.article),
        }
        for step in steps
    ]
