"""Made-up documents: title, number, summary, keywords, text; the same for the same seed. Pure."""

import datetime as dt
import html
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from disclosure.load import words
from disclosure.load.words import Zipf

#: Sentences that are made once and drawn from: what administrations repeat.
STOCK = 8000
#: Of a document's sentences one in so many is its own.
OWN_SENTENCES = 6
YEARS = 15
#: 1 would be as many each day; so the last day has as many times the average.
DENSER = 1.8
#: Seconds of the day.
OPEN = (9 * 3600, 18 * 3600)
#: Length of a text in characters: most are short.
SHORTEST, LONGEST, USUAL = 200, 3000, 600


@dataclass(frozen=True)
class Maker:
    """Who issues: name, short name, character of its document numbers, place."""

    name: str
    short: str
    sign: str
    place: str


@dataclass(frozen=True)
class Document:
    """What a made-up document says."""

    title: str
    summary: str
    keywords: str
    body: str
    paper: str


class Writer:
    """Writes documents with one source of chance."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._places = Zipf(words.places(120))
        self._subjects, self._deeds = Zipf(words.SUBJECTS), Zipf(words.DEEDS)
        self._papers = Zipf(words.PAPERS)
        self._offices = Zipf([office for office, _short, _sign in words.OFFICES])
        self._sentences = Zipf(words.SENTENCES, flatness=20)
        self._stock = Zipf([self._sentence() for _number in range(STOCK)], flatness=200)
        self._titles: Zipf[Callable[..., str]] = Zipf(TITLES)

    def document(self, maker: Maker, day: dt.date) -> Document:
        rng = self._rng
        subject, deed = self._subjects.draw(rng), self._deeds.draw(rng)
        paper = self._papers.draw(rng)
        title = self._titles.draw(rng)(self, maker, day, subject, deed, paper)
        return Document(
            title=title[:300],
            summary=f"就{maker.place}{subject}{deed}提出要求。" if rng.random() < 0.6 else "",
            keywords=f"{subject}；{deed}；{paper}",
            body=self._body(title, maker, day),
            paper=paper,
        )

    def firm(self) -> str:
        """A made-up firm: rare, as names are."""
        rng = self._rng
        name = rng.choice(words.FIRM_NAMES) + rng.choice(words.SURNAMES)
        return f"{self._places.draw(rng)}{name}{rng.choice(words.FIRMS)}有限公司"

    def place(self) -> str:
        return self._places.draw(self._rng)

    def number(self) -> int:
        return int(self._rng.paretovariate(0.7)) % 90_000 + 1

    def _sentence(self) -> str:
        rng = self._rng
        told = self._sentences.draw(rng)
        parts: list[str] = []
        for piece in told.split("{"):
            slot, brace, rest = piece.partition("}")
            parts.append(self._filled(slot) + rest if brace else piece)
        return "".join(parts)

    def _filled(self, slot: str) -> str:
        rng = self._rng
        if slot == "s":
            return self._subjects.draw(rng)
        if slot == "d":
            return self._deeds.draw(rng)
        if slot == "o":
            return self._offices.draw(rng)
        if slot == "p":
            return self._places.draw(rng) + rng.choice("市县区镇")
        if slot == "f":
            return self.firm()
        if slot == "y":
            return str(2010 + rng.randrange(16))
        return str(rng.randrange(1, 13) if slot == "m" else self.number())

    def _body(self, title: str, maker: Maker, day: dt.date) -> str:
        rng = self._rng
        aim = min(LONGEST, max(SHORTEST, int(rng.lognormvariate(0, 0.7) * USUAL)))
        drawn = self._stock.several(rng, aim // 36 + 1)
        for place in range(rng.randrange(OWN_SENTENCES), len(drawn), OWN_SENTENCES):
            drawn[place] = self._sentence()
        paragraphs, place = [rng.choice(words.OF_COURSE)], 0
        while place < len(drawn):
            step = rng.randrange(1, 5)
            paragraphs.append("".join(drawn[place : place + step]))
            place += step
        text = "".join(f"<p>{html.escape(one, quote=False)}</p>" for one in paragraphs)
        end = f"{maker.name}<br>{day.year}年{day.month}月{day.day}日"
        return f'{text}<p class="right">{end}</p>'


def _of_issuing(_w: Writer, m: Maker, _d: dt.date, s: str, deed: str, paper: str) -> str:
    return f"{m.name}关于印发《{m.place}{s}{deed}{paper}》的通知"


def _of_doing(_w: Writer, _m: Maker, d: dt.date, s: str, deed: str, _p: str) -> str:
    return f"关于做好{d.year}年{s}{deed}的通知"


def _of_public_notice(w: Writer, _m: Maker, _d: dt.date, s: str, deed: str, _p: str) -> str:
    return f"关于{w.firm()}{s}{deed}的公示"


def _of_reply(w: Writer, _m: Maker, _d: dt.date, s: str, _deed: str, _p: str) -> str:
    return f"关于{w.place()}镇{s}项目可行性研究报告的批复"


def _of_penalty(w: Writer, m: Maker, d: dt.date, _s: str, _deed: str, _p: str) -> str:
    return f"{m.short}行政处罚决定书（{w.firm()}，{d.year}年第{w.number()}号）"


def _of_result(_w: Writer, m: Maker, d: dt.date, s: str, deed: str, _p: str) -> str:
    return f"{m.place}{d.year}年第{(d.month + 2) // 3}季度{s}{deed}情况通报"


def _of_reading(_w: Writer, m: Maker, _d: dt.date, s: str, deed: str, paper: str) -> str:
    return f"《{m.place}{s}{deed}{paper}》政策解读"


def _of_invitation(w: Writer, m: Maker, _d: dt.date, s: str, _deed: str, _p: str) -> str:
    return f"{m.short}{s}采购项目（包{w.number() % 9 + 1}）中标公告"


def _of_strengthening(_w: Writer, _m: Maker, _d: dt.date, s: str, deed: str, paper: str) -> str:
    return f"关于进一步加强{s}{deed}的{paper if paper == '意见' else '实施意见'}"


def _of_plan(_w: Writer, m: Maker, d: dt.date, s: str, deed: str, _p: str) -> str:
    return f"{m.place}{s}{deed}{d.year}年工作要点"


TITLES = (
    *(_of_doing, _of_issuing, _of_public_notice, _of_penalty, _of_reply, _of_strengthening),
    *(_of_result, _of_reading, _of_invitation, _of_plan),
)


def moments(rng: random.Random, number: int, until: dt.datetime) -> Iterator[dt.datetime]:
    """So many moments in the YEARS before `until`, in their order, on working hours, denser
    lately."""
    days, told = YEARS * 365, 0
    midnight = until.replace(hour=0, minute=0, second=0, microsecond=0)
    for place in range(days):
        upto = round(number * ((place + 1) / days) ** DENSER)
        day = midnight - dt.timedelta(days=days - 1 - place)
        seconds = sorted(rng.randrange(*OPEN) for _number in range(upto - told))
        yield from (min(day + dt.timedelta(seconds=second), until) for second in seconds)
        told = upto
