"""Guides and rules become publications: what the migration does with the rows that are there.

For `RunPython(forwards, backwards)`: after the columns of the way out and the two `publication`
columns are added, before `title`, `body`, `made_on` and `is_published` of Rule (and the constraint
`rule_has_title`) go. The triggers of the app are lifted while it migrates.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from disclosure.catalogue import guide_text
from disclosure.core import html
from disclosure.core.dates import legal_day, start_of
from disclosure.publications.content import digest_of

NOTE = "taken over from the portal's earlier version"
#: What the event of a row made here says, by which `backwards` knows it again.
FACTS = {"moved": True}
BATCH = 200
#: code → Chinese name, English name, kind of document.
CATEGORIES = {
    "disclosure-guides": ("信息公开指南", "Disclosure guides", "guide"),
    "disclosure-rules": ("信息公开制度", "Disclosure rules", "rule"),
}
_STEP, _DIGITS = 4, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Of the content, what neither a guide nor a rule has.
_EMPTY = ("document_number", "effective_on", "valid_until", "summary", "keywords")


# --- forwards ------------------------------------------------------------------------------------
def forwards(apps: Any, schema_editor: Any) -> None:
    """Each rule, and each guide that says something, gets its publication; what was public stays
    so under one blanket sign-off that nobody signed."""
    move = _Move(apps, schema_editor.connection.alias)
    for rule in _batched(move.rows("Rule").filter(publication=None).select_related("agency")):
        move.rule(rule)
    for guide in _batched(move.rows("Guide").filter(publication=None).select_related("agency")):
        move.guide(guide)
    move.close()
    _settle(schema_editor.connection)


def _settle(connection: Any) -> None:
    """PostgreSQL alters no table while checks of its foreign keys are put off."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _batched(rows: Any) -> Iterator[Any]:
    """The rows by key, a few at a time: they are written to meanwhile."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk


class _Move:
    """One run, with what the rows share."""

    def __init__(self, apps: Any, alias: str) -> None:
        self.apps, self.alias = apps, alias
        self.categories: dict[str, Any] = {}
        self._sign_off: Any = None

    def model(self, name: str) -> Any:
        return self.apps.get_model("disclosure", name)

    def rows(self, name: str) -> Any:
        return self.model(name)._default_manager.using(self.alias)

    @property
    def sign_off(self) -> Any:
        if self._sign_off is None:
            self._sign_off = self.rows("SignOff").create(
                signed_by=None, signed_at=timezone.now(), note=NOTE, is_blanket=True
            )
        return self._sign_off

    def close(self) -> None:
        if self._sign_off is not None:
            self.rows("SignOff").filter(pk=self._sign_off.pk).update(closed_at=timezone.now())

    def rule(self, rule: Any) -> None:
        versions = list(self.rows("HistoricalRule").filter(id=rule.pk).order_by("history_id"))
        out = [one.history_date for one in versions if one.is_published]
        publication = self.publication(
            rule,
            "disclosure-rules",
            title=rule.title,
            body=html.from_either(rule.body),
            date_made=rule.made_on,
            is_demo=rule.is_demo,
            out=min([*out, rule.updated_at]) if rule.is_published else None,
        )
        self.history(publication, versions, rule.updated_at)

    def guide(self, guide: Any) -> None:
        texts = {part: html.from_either(getattr(guide, part)) for part in guide_text.HEADINGS}
        body = guide_text.render(texts)
        if not body:
            return
        self.rows("Guide").filter(pk=guide.pk).update(**texts)
        first = self.rows("HistoricalGuide").filter(id=guide.pk).order_by("history_id").first()
        began = first.history_date if first else guide.updated_at
        publication = self.publication(
            guide,
            "disclosure-guides",
            title=f"{guide.agency.name}政府信息公开指南",
            body=body,
            date_made=legal_day(guide.updated_at),
            is_demo=False,
            out=guide.updated_at if began > guide.updated_at else began,
        )
        self.history(publication, [], guide.updated_at)

    def publication(
        self,
        page: Any,
        code: str,
        *,
        title: str,
        body: str,
        date_made: dt.date | None,
        is_demo: bool,
        out: dt.datetime | None,
    ) -> Any:
        """The publication of a guide or a rule; `out`: public since then, None: a draft."""
        category = self.category(code)
        # Nothing is public before the day on which it was made.
        if out is not None and date_made is not None:
            out = max(out, start_of(date_made))
        values: dict[str, Any] = {
            "agency": page.agency,
            "category": category,
            "index_number": self.index_number(page.agency, category, date_made),
            "title": title,
            "document_type": CATEGORIES[code][2],
            "date_made": date_made,
            "body": html.sanitise(body),
            "disclosure": "proactive",
            "revision": 1,
            "contributors": [],
            "is_demo": is_demo,
        }
        values["content_hash"] = digest_of(_snapshot(values))
        if out is not None:
            values |= {
                "state": "published",
                "sign_off": self.sign_off,
                "published_at": out,
                "version": 1,
                "version_at": max(out, page.updated_at),
            }
        else:
            values["content_hash"] = ""
        made = self.rows("Publication").create(**values)
        began = min(out or page.updated_at, page.updated_at)
        self.rows("Publication").filter(pk=made.pk).update(
            created_at=began, updated_at=page.updated_at
        )
        made.created_at, made.updated_at = began, page.updated_at
        self.rows("PublicationEvent").create(
            publication=made,
            step="take_over" if out is not None else "create",
            actor=None,
            at=timezone.now(),
            revision=1,
            content_hash=made.content_hash,
            version=made.version,
            facts=FACTS | ({"published_at": out.isoformat()} if out is not None else {}),
        )
        name = page._meta.model_name
        self.rows(name).filter(pk=page.pk).update(publication=made)
        return made

    def history(self, publication: Any, versions: Iterable[Any], at: dt.datetime) -> None:
        """What a rule's history told of its text is told by the publication's from now on."""
        model = self.model("HistoricalPublication")
        own = {
            field.attname: getattr(publication, field.attname)
            for field in model._meta.concrete_fields
            if not field.name.startswith("history_")
        }
        rows = [
            model(
                **{
                    **own,
                    "title": one.title,
                    "body": one.body,
                    "date_made": one.made_on,
                    "state": "published" if one.is_published else "draft",
                },
                history_date=one.history_date,
                history_type=one.history_type,
                history_change_reason=one.history_change_reason,
                history_user_id=one.history_user_id,
            )
            for one in versions
        ]
        rows.append(model(**own, history_date=at, history_type="~" if rows else "+"))
        model._default_manager.using(self.alias).bulk_create(rows, batch_size=BATCH)

    def index_number(self, agency: Any, category: Any, day: dt.date | None) -> str:
        """By the agency's pattern, in the series of the day's year, as for every publication."""
        day = day or legal_day(timezone.now())
        counters, name = self.rows("Counter"), f"index:{agency.code}:{day.year}"
        counter, _made = counters.get_or_create(name=name, defaults={"value": 0})
        while True:
            counter.value += 1
            number: str = agency.index_number_pattern.format(
                agency=agency.code,
                credit_code=agency.social_credit_code,
                category=category.code,
                year=day.year,
                month=day.month,
                serial=counter.value,
            )
            if not self.rows("Publication").filter(index_number=number).exists():
                counters.filter(name=name).update(value=counter.value)
                return number

    def category(self, code: str) -> Any:
        """The category, added at the root where it is missing: here is no tree to ask for a place
        in it, and the staff may move it."""
        if code not in self.categories:
            found = self.rows("Category").filter(code=code).first()
            self.categories[code] = found or self.rows("Category").create(
                code=code,
                name=CATEGORIES[code][0],
                name_en=CATEGORIES[code][1],
                article="12",
                document_type=CATEGORIES[code][2],
                path=self._next_root(),
                depth=1,
                numchild=0,
            )
        return self.categories[code]

    def _next_root(self) -> str:
        last = self.rows("Category").filter(depth=1).order_by("-path").first()
        number, path = (int(last.path, len(_DIGITS)) if last else 0) + 1, ""
        while number:
            number, digit = divmod(number, len(_DIGITS))
            path = _DIGITS[digit] + path
        return path.rjust(_STEP, _DIGITS[0])


def _snapshot(values: dict[str, Any]) -> dict[str, Any]:
    """As `content.snapshot` of today has it; written out, for the rows here are of this moment."""
    made = values["date_made"]
    return {
        "index_number": values["index_number"],
        "agency": values["agency"].code,
        "title": values["title"],
        "document_type": values["document_type"],
        "date_made": made.isoformat() if made else "",
        "body": values["body"],
        "disclosure": values["disclosure"],
        **dict.fromkeys(_EMPTY, ""),
        "files": [],
    }


# --- backwards -----------------------------------------------------------------------------------
def backwards(apps: Any, schema_editor: Any) -> None:
    """Rules get their text back. Publications made by `forwards` and not worked on since go; the
    others stay in the catalogue, for they are a record."""
    move = _Move(apps, schema_editor.connection.alias)
    for rule in _batched(move.rows("Rule").select_related("publication")):
        text = rule.publication
        move.rows("Rule").filter(pk=rule.pk).update(
            publication=None,
            title=text.title[:200] if text else rule.slug,
            body=text.body if text else "",
            made_on=text.date_made if text else None,
            is_published=text is not None and text.state == "published",
        )
        if text is not None:
            _remove_untouched(move, text)
    for guide in _batched(move.rows("Guide").exclude(publication=None)):
        key = guide.publication_id
        move.rows("Guide").filter(pk=guide.pk).update(publication=None)
        _remove_untouched(move, move.rows("Publication").get(pk=key))
    _settle(schema_editor.connection)


def _remove_untouched(move: _Move, publication: Any) -> None:
    events = list(move.rows("PublicationEvent").filter(publication=publication))
    ours = len(events) == 1 and bool(events[0].facts.get("moved"))
    if not ours or move.rows("Attachment").filter(publication=publication).exists():
        return
    move.rows("HistoricalPublication").filter(id=publication.pk).delete()
    publication.delete(using=move.alias)
