"""What the codes of the audit trail say to a person: kinds of record, deeds, facts.

A verb is stored as `kind.deed`. Each app declares the kinds that it records: this one below,
others in a `verbs` module of their own. A test holds them against every `record(…)`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure import grounds
from disclosure.agencies.models import User
from disclosure.agencies.roles import Role
from disclosure.life.kinds import Kind as RelationKind
from disclosure.life.round_steps import Decision
from disclosure.publications.lifecycle import TRANSITIONS as PUBLICATION_STEPS
from disclosure.workdays.models import CalendarDay

Label = str | Promise


@dataclass(frozen=True)
class Kind:
    """A kind of record with what is done to it."""

    label: Label
    deeds: Mapping[str, Label]


@dataclass(frozen=True)
class Fact:
    """What is noted beside a deed; `show` says its value where the value itself does not."""

    label: Label
    show: Callable[[Any], str] | None = None


KINDS: dict[str, Kind] = {}
FACTS: dict[str, Fact] = {}


def declare(kinds: Mapping[str, Kind], facts: Mapping[str, Fact]) -> None:
    """Add an app's kinds of record, and the facts that it notes."""
    KINDS.update(kinds)
    FACTS.update(facts)


def verbs() -> list[str]:
    """Every declared verb, in the order of declaration."""
    return [f"{name}.{deed}" for name, kind in KINDS.items() for deed in kind.deeds]


def kind_label(verb: str) -> Label:
    """The kind of record that `verb` was done to; "" for one that nobody declared."""
    kind = KINDS.get(verb.partition(".")[0])
    return kind.label if kind else ""


def deed_label(verb: str) -> Label:
    """What was done; the code itself where nobody declared it."""
    name, _dot, deed = verb.partition(".")
    kind = KINDS.get(name)
    return kind.deeds.get(deed, verb) if kind else verb


def person_name(key: Any) -> str:
    """The name of somebody on the staff by their key; nobody is ever deleted."""
    found = User.objects.filter(pk=key).first() if isinstance(key, int) else None
    return str(found or key)


def local_moment(value: Any) -> str:
    """A moment, stored in ISO 8601, as clocks here show it."""
    moment = parse_datetime(str(value))
    return formats.date_format(timezone.localtime(moment), "Y-m-d H:i") if moment else str(value)


def role_name(value: Any) -> str:
    return str(dict(Role.choices).get(value, value))


def ground_name(value: Any) -> str:
    return str(dict(grounds.CHOICES).get(value, value))


def decision_name(value: Any) -> str:
    return str(dict(Decision.choices).get(value, value))


def relation_name(value: Any) -> str:
    return str(dict(RelationKind.choices).get(value, value))


def kind_of_day(value: Any) -> str:
    return str(dict(CalendarDay.Kind.choices).get(value, value))


declare(
    {
        "publication": Kind(
            _("publication"),
            {
                "created": _("Added"),
                "changed": _("Changed"),
                "published": _("Published"),
                "withdrawn": _("Withdrawn"),
                "reopened": _("Made a draft again"),
                "taken_over": _("Taken over as public already"),
                **{name: row.label for name, row in PUBLICATION_STEPS.items()},
                "deleted": _("Deleted"),
                "file_added": _("File added"),
                "file_changed": _("File renamed or moved"),
                "file_removed": _("File removed"),
                "file_infected": _("Virus found in a file"),
                "file_looked_into": _("File looked into by hand"),
                "version_closed": _("Earlier version taken out of sight"),
            },
        ),
        "annualreport": Kind(
            _("annual report"),
            {
                "created": _("Added"),
                "changed": _("Changed"),
                "computed": _("Figures computed"),
                "drafted": _("Sections drafted"),
                "summed": _("Summed up"),
                "loaded": _("Figures loaded"),
                "unloaded": _("Loaded figures taken back"),
                "adjusted": _("Figures adjusted"),
                "noted": _("Note to a warning"),
                "check": _("Figures checked"),
                "approve": _("Approved"),
                "submit": _("Submitted to the superior agency"),
                "return_draft": _("Returned"),
                "send_back": _("Returned by the superior agency"),
                "reminded": _("Agency reminded of its report"),
                "published": _("Published"),
                "publish": _("Published"),
                "correct": _("Correction begun"),
                "drop_correction": _("Correction given up"),
                "withdrawn": _("Withdrawn"),
                "withdraw": _("Withdrawn"),
                "imported": _("Imported"),
            },
        ),
        "withhelditem": Kind(
            _("withheld information"),
            {
                "created": _("Added"),
                "changed": _("Changed"),
                "kept": _("Kept withheld"),
                "disclosed": _("Decided to be disclosed"),
                "disclosed_in_part": _("Decided to be disclosed in part"),
                "filed": _("Filed for the record"),
                "closed": _("Taken off the register"),
                "reopened": _("Withheld again"),
            },
        ),
        "reassessmentround": Kind(
            _("round of re-assessment"),
            {
                "begun": _("Begun"),
                "changed": _("Changed"),
                "closed": _("Closed"),
                "filed": _("Filed for the record"),
                "deleted": _("Deleted"),
                "downloaded": _("Downloaded as a file"),
            },
        ),
        "importrun": Kind(
            _("import"),
            {
                "asked": _("Sign-off asked for"),
                "taken_back": _("Taken back"),
                "returned": _("Returned"),
                "signed_off": _("Signed off"),
                "expired": _("Not signed off in time"),
                "discarded": _("Discarded"),
                "done": _("Imported"),
            },
        ),
        "relation": Kind(
            _("relation between documents"),
            {"added": _("Added"), "removed": _("Removed")},
        ),
        "cleanupround": Kind(
            _("clean-up round"),
            {
                "begun": _("Begun"),
                "decided": _("Document decided on"),
                "check": _("Passed the check"),
                "return": _("Round opened again"),
                "close": _("Closed"),
                "deleted": _("Deleted"),
            },
        ),
        "guide": Kind(_("guide"), {"created": _("Added"), "changed": _("Changed")}),
        "rule": Kind(
            _("rule"),
            {"created": _("Added"), "changed": _("Changed"), "deleted": _("Deleted")},
        ),
        "agency": Kind(
            _("agency"),
            {"created": _("Added"), "changed": _("Changed"), "moved": _("Moved in the tree")},
        ),
        "office": Kind(
            _("inner office"),
            {"created": _("Added"), "changed": _("Changed"), "deleted": _("Deleted")},
        ),
        "category": Kind(
            _("category"),
            {
                "created": _("Added"),
                "changed": _("Changed"),
                "moved": _("Moved in the tree"),
                "deleted": _("Deleted"),
            },
        ),
        "calendaryear": Kind(
            _("announced year"),
            {"added": _("Added"), "changed": _("Changed"), "deleted": _("Deleted")},
        ),
        "calendarday": Kind(
            _("day off or workday"),
            {"added": _("Added"), "changed": _("Changed"), "deleted": _("Deleted")},
        ),
        "standardarea": Kind(
            _("area of a standard catalogue"),
            {"created": _("Added"), "changed": _("Changed")},
        ),
        "standarditem": Kind(
            _("item of a standard catalogue"),
            {
                "created": _("Added"),
                "changed": _("Changed"),
                "deleted": _("Deleted"),
                "linked": _("Publication joined by hand"),
                "unlinked": _("Publication left to the rule again"),
            },
        ),
        "columnplan": Kind(
            _("plan of a column"),
            {"created": _("Added"), "changed": _("Changed"), "deleted": _("Deleted")},
        ),
        "appearance": Kind(
            _("appearance in a channel"),
            {"created": _("Added"), "changed": _("Changed"), "deleted": _("Deleted")},
        ),
        "user": Kind(
            _("user"),
            {
                "created": _("Added"),
                "changed": _("Changed"),
                "password_set": _("New password set"),
            },
        ),
        "role": Kind(
            _("role assignment"),
            {"granted": _("Role given"), "changed": _("Changed"), "revoked": _("Role taken away")},
        ),
        "finding": Kind(
            _("finding"),
            {"overruled": _("Overruled"), "reopened": _("Opened again")},
        ),
        "sensitivesubject": Kind(
            _("sensitive subject"),
            {"created": _("Added"), "changed": _("Changed"), "deleted": _("Deleted")},
        ),
        "wording": Kind(
            _("listed wording"),
            {"created": _("Added"), "changed": _("Changed"), "deleted": _("Deleted")},
        ),
        "searchsynonym": Kind(
            _("synonym"),
            {"created": _("Added"), "changed": _("Changed"), "deleted": _("Deleted")},
        ),
    },
    facts={
        "attachment": Fact(_("key of the file")),
        "before": Fact(_("stood below")),
        "belongs": Fact(_("belongs to it")),
        "by": Fact(_("key of the other document")),
        "cells": Fact(_("cells")),
        "code": Fact(_("code")),
        "created": Fact(_("created")),
        "days": Fact(_("days that went with it")),
        "decision": Fact(_("decision"), decision_name),
        "drawn": Fact(_("entries drawn")),
        "ended": Fact(_("documents ended")),
        "entry": Fact(_("key of the entry")),
        "fields": Fact(_("what changed")),
        "figures": Fact(_("number of figures")),
        "filed_on": Fact(_("filed for the record on")),
        "filed_with": Fact(_("filed with")),
        "ground": Fact(_("ground"), ground_name),
        "index_number": Fact(_("index number")),
        "kind": Fact(_("kind"), kind_of_day),
        "look_again_on": Fact(_("to be looked at again on")),
        "missing": Fact(_("missing")),
        "other": Fact(_("key of the other document")),
        "parent": Fact(_("below")),
        "publication": Fact(_("key of the publication")),
        "published_at": Fact(_("published at"), local_moment),
        "reason": Fact(_("reason")),
        "relation": Fact(_("relation"), relation_name),
        "remark": Fact(_("finding")),
        "replaced": Fact(_("replaced an earlier one")),
        "role": Fact(_("role"), role_name),
        "sections": Fact(_("number of sections")),
        "sha256": Fact(_("SHA-256")),
        "signed_off_by": Fact(_("signed off by"), person_name),
        "unchanged": Fact(_("unchanged")),
        "updated": Fact(_("updated")),
        "user": Fact(_("user"), person_name),
        "version": Fact(_("version")),
        "with_descendants": Fact(_("with the agencies below")),
        "year": Fact(_("year")),
    },
)
