"""Made-up publications, stored as an import stores them: under blanket sign-offs, by the thousand,
with the public log and whatever else hangs on taking over many."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from disclosure.agencies.models import Agency, User
from disclosure.catalogue.models import Category
from disclosure.core import bulk
from disclosure.core.dates import SHANGHAI, legal_day, now
from disclosure.demo import files
from disclosure.load.texts import Document, Maker, Writer, moments
from disclosure.load.words import Zipf
from disclosure.numbering.serials import next_block
from disclosure.publications import actions, hooks
from disclosure.publications.importing import records
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication
from disclosure.publications.trail import SignOff

BATCH = 1000
#: Batches in one transaction under one sign-off.
TOGETHER = 10
#: So many at most have a file, a real one.
FILES_MOST, FILES_SHARE = 10, 100
NOTE = "压力测试：虚构内容"
#: Of a hundred documents.
NUMBERED, ON_REQUEST = 55, 3
_VALIDITY = Zipf(
    [
        *[Publication.Validity.IN_FORCE] * 82,
        *[Publication.Validity.REPEALED] * 8,
        *[Publication.Validity.AMENDED] * 6,
        *[Publication.Validity.LAPSED] * 4,
    ],
    flatness=1e9,
)


class Loader:
    """Loads publications for agencies with one source of chance."""

    def __init__(
        self,
        rng: random.Random,
        agencies: Sequence[tuple[Agency, Maker]],
        signer: User,
        until: dt.datetime,
    ) -> None:
        self._rng, self._signer, self._until = rng, signer, until
        self._writer = Writer(rng)
        self._agencies = Zipf(agencies, flatness=10)
        leaves = [one for one in Category.objects.order_by("path") if one.is_leaf()]
        rng.shuffle(leaves)
        self._categories = Zipf(leaves, flatness=5)
        self._serials: defaultdict[tuple[str, int], int] = defaultdict(int)

    def load(self, number: int, progress: Callable[[int], None] = lambda rows: None) -> int:
        """Store so many, the oldest first; a transaction for each BATCH x TOGETHER."""
        stored, rows = 0, self._rows(number)
        while stored < number:
            with actions.blanket(signed_by=self._signer, note=NOTE) as sign_off:
                goal = min(number, stored + BATCH * TOGETHER)
                while stored < goal:
                    stored += self._insert(list(islice(rows, min(BATCH, goal - stored))), sign_off)
            progress(stored)
        self._with_files(min(FILES_MOST, number // FILES_SHARE))
        return stored

    def _insert(self, made: list[Publication], sign_off: SignOff) -> int:
        _assign_numbers(made)
        moment = now()
        for one in made:
            one.created_at = one.updated_at = moment
            records.seal(records.fill(one))
            one.state, one.sign_off = State.PUBLISHED, sign_off
            one.version, one.version_at = 1, one.published_at
            one.published_by = sign_off.signed_by
        bulk.insert(Publication, made)
        hooks.run_bulk(made, sign_off)
        return len(made)

    def _rows(self, number: int) -> Iterator[Publication]:
        for moment in moments(self._rng, number, self._until):
            agency, maker = self._agencies.draw(self._rng)
            yield self._row(agency, maker, moment)

    def _row(self, agency: Agency, maker: Maker, moment: dt.datetime) -> Publication:
        rng, day = self._rng, legal_day(moment)
        made_on = day - dt.timedelta(days=rng.randrange(20))
        document = self._writer.document(maker, made_on)
        one = records.blank()
        one.agency, one.category = agency, self._categories.draw(rng)
        one.title, one.summary = document.title, document.summary
        one.keywords, one.body = document.keywords, document.body
        one.document_number = self._number(maker, made_on)
        one.date_made, one.published_at, one.is_demo = made_on, moment, True
        if rng.randrange(100) < ON_REQUEST:
            one.disclosure = Publication.Disclosure.ON_REQUEST
            one.summary = one.summary or document.title[:500]
        _age(one, _VALIDITY.draw(rng), made_on, day, rng)
        return one

    def _number(self, maker: Maker, day: dt.date) -> str:
        """By office and year, as registries count; not every paper has one."""
        if self._rng.randrange(100) >= NUMBERED:
            return ""
        self._serials[maker.sign, day.year] += 1
        kind = self._rng.choice(("发", "办发", "函", "字"))
        return f"{maker.sign}{kind}〔{day.year}〕{self._serials[maker.sign, day.year]}号"

    def _with_files(self, number: int) -> None:
        """A few more, each with a small file that can be opened."""
        for place in range(number):
            agency, maker = self._agencies.draw(self._rng)
            moment = self._until - dt.timedelta(days=place)
            document = self._writer.document(maker, legal_day(moment))
            one = Publication(
                agency=agency,
                category=self._categories.draw(self._rng),
                title=document.title,
                body=document.body,
                keywords=document.keywords,
                date_made=legal_day(moment),
                published_at=moment,
                is_demo=True,
            )
            actions.create(actor=None, publication=one)
            actions.attach(actor=None, publication=one, name=_name(place), data=_file(document))
            with actions.blanket(signed_by=self._signer, note=NOTE) as sign_off:
                actions.take_over(publication=one, sign_off=sign_off)


def _age(
    one: Publication, validity: Any, made_on: dt.date, day: dt.date, rng: random.Random
) -> None:
    """What became of it since, where it is old enough."""
    today = legal_day(now())
    one.validity, one.effective_on = validity, made_on
    if validity in {Publication.Validity.REPEALED, Publication.Validity.LAPSED}:
        ended = day + dt.timedelta(days=rng.randrange(200, 2500))
        if ended > today:
            one.validity = Publication.Validity.IN_FORCE
        else:
            one.expires_on = ended


def _assign_numbers(made: Sequence[Publication]) -> None:
    """Index numbers by the agencies' pattern, taken from the same counters as real ones."""
    series: defaultdict[tuple[str, int], list[Publication]] = defaultdict(list)
    for one in made:
        series[one.agency.code, (one.date_made or legal_day(now())).year].append(one)
    for (code, year), rows in series.items():
        for serial, one in zip(next_block(f"index:{code}:{year}", len(rows)), rows, strict=True):
            one.index_number = f"{code}/{year}-{serial:05d}"


def _name(place: int) -> str:
    return f"附件{place + 1}.txt"


def _file(document: Document) -> bytes:
    return files.text([document.title, NOTE])


def noon(day: dt.date) -> dt.datetime:
    """Noon of a day in China."""
    return dt.datetime.combine(day, dt.time(12), tzinfo=SHANGHAI)
