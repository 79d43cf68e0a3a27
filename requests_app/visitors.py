"""The limits on what a visitor may try under `/requests/`."""

from disclosure.throttling.limits import Limit

#: Generous, for a library or a law office is one address.
SUBMISSIONS = Limit("request-submitted", times=60, seconds=60 * 60)
FILES = Limit("request-file-kept", times=100, seconds=60 * 60)
#: Wrong pairs of number and code. None for each number: 80 random bits need none, and it would
#: let anybody lock an applicant out.
WRONG_FROM_HERE = Limit("track-wrong-from", times=10, seconds=15 * 60)
