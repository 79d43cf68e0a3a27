"""Whether something may happen to a request: every reason at once, as sentences."""

from requests_app.policies import deciding, others, rest, words  # noqa: F401  (their checks)
from requests_app.policies.asking import CHECKS, Asked, looking, why_not, why_not_begin
from requests_app.policies.intake import why_not_ask, why_not_receive
from requests_app.policies.rest import fee_for, keep_until, mergeable, requests_of_month
from requests_app.policies.words import why_not_assign

__all__ = [
    "CHECKS",
    "Asked",
    "fee_for",
    "keep_until",
    "looking",
    "mergeable",
    "requests_of_month",
    "why_not",
    "why_not_ask",
    "why_not_assign",
    "why_not_begin",
    "why_not_receive",
]
