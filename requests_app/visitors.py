"""The limits on what a visitor may try under `/requests/`."""

from disclosure.throttling.limits import Limit

#: Generous, for a library or a law office is one address.
SUBMISSIONS = Limit("request-submitted", times=60, seconds=60 * 60)
FILES = Limit("request-file-kept", times=100, seconds=60 * 60)
#: Wrong pairs of number and code. None for each number: 80 random bits need none, and it would
#: let anybody lock an applicant out.
WRONG_FROM_HERE = Limit("track-wrong-from", times=10, seconds=15 * 60)
#: Steps of applicants on requests that they have opened.
STEPS_TAKEN = Limit("request-step", times=60, seconds=60 * 60)
#: Links for a new access code, from one address.
CODES_FROM_HERE = Limit("code-asked-from", times=10, seconds=60 * 60)
#: The same for one number with one e-mail address, so that nobody's mailbox is filled; past it
#: the answer stays the same. Not for the number alone: anybody could lock an applicant out.
CODES_FOR_PAIR = Limit("code-asked-for", times=5, seconds=24 * 60 * 60)
