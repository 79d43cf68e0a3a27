"""The one table of rules: what is looked for, what it does, and why."""

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext_lazy as _

from disclosure.findings.detectors import addresses, cards, identity, markings, phones
from disclosure.findings.detectors.kinds import Hit, Rule, Severity

BLOCKS, LOOK = Severity.BLOCKS, Severity.LOOK

#: More of one kind in one text nobody decides one by one: the first say enough.
MOST_HITS = 1000

# One row is one rule: the formatter would make a page of each.
# fmt: off
RULES: dict[str, Rule] = {rule.key: rule for rule in (
    # --- personal data ---------------------------------------------------------------------------
    Rule("resident_id", _("Resident ID number"), BLOCKS,
         _("A resident ID number is personal data (Art. 15)."),
         identity.resident_ids, personal=True, by_sentence=False),
    Rule("like_resident_id", _("Like a resident ID number"), LOOK,
         _("It looks like an old or mistyped resident ID number."),
         identity.like_resident_ids, personal=True, by_sentence=False),
    Rule("name_with_id", _("Name with an ID number"), BLOCKS,
         _("A name beside an ID number says whose it is. Mask the number."),
         identity.names_with_ids, by_sentence=False),
    Rule("mobile", _("Mobile number"), BLOCKS,
         _("A mobile number is personal data, unless it is an office's."),
         phones.mobiles, personal=True, by_sentence=False),
    Rule("bank_card", _("Bank card number"), BLOCKS,
         _("A bank card number is personal data."),
         cards.cards, personal=True, by_sentence=False),
    Rule("home_address", _("Home address"), BLOCKS,
         _("A home address is published only down to the township or street."),
         addresses.home_addresses, personal=True, by_sentence=False),
    Rule("exact_address", _("Exact address"), LOOK,
         _("Is it an office's address? A home is named only down to the street."),
         addresses.other_addresses, personal=True, by_sentence=False),
    # --- secrecy ---------------------------------------------------------------------------------
    Rule("secrecy_marking", _("Secrecy marking"), BLOCKS,
         _("It carries a secrecy marking (Art. 14, 17)."), markings.secrecy_markings),
    Rule("handling_note", _("Handling note"), BLOCKS,
         _("A note says that the paper is not meant for the public."), markings.handling_notes),
    Rule("handling_note_in_text", _("Handling note in the text"), LOOK,
         _("The text speaks of something internal or to be kept."), markings.notes_in_text),
    Rule("sensitive_subject", _("Sensitive subject"), BLOCKS,
         _("It stands on the agency's list of sensitive subjects.")),
    Rule("hidden_content", _("Hidden content in a file"), BLOCKS,
         _("The file holds what a reader does not see at once.")),
    Rule("kept_in_file", _("Left in a file"), LOOK,
         _("The public copy keeps something that a reader does not see at once.")),
    # --- what it refers to -----------------------------------------------------------------------
    Rule("cites_not_public", _("Cites what is not public"), BLOCKS,
         _("This document is on the portal's books and is not public."), by_sentence=False),
    Rule("link_not_public", _("Link to what is not public"), BLOCKS,
         _("The link leads to something of the portal that is not public."), by_sentence=False),
    Rule("dead_link_inside", _("Dead link within the portal"), LOOK,
         _("There is nothing at this address of the portal."), by_sentence=False),
    Rule("dead_link", _("Dead link"), LOOK,
         _("The address did not answer twice in a row."), by_sentence=False),
    # --- what does not fit -----------------------------------------------------------------------
    Rule("year_of_number", _("Year of the document number"), LOOK,
         _("The year in the document number is not that of the date made.")),
    Rule("made_after_publication", _("Made after publication"), BLOCKS,
         _("The date made is later than the publication."), by_sentence=False),
    Rule("date_in_text", _("Date in the text"), LOOK,
         _("The date at the end of the text is not the record's date made."), by_sentence=False),
    Rule("wrong_wording", _("Wrong wording"), LOOK,
         _("The list of wordings has a better one."), by_sentence=False),
    Rule("forbidden_wording", _("Forbidden wording"), BLOCKS,
         _("It stands on the list of forbidden wordings.")),
)}
# fmt: on


def detect(text: str) -> Iterator[tuple[Rule, Hit]]:
    """What the rules over plain text find in `text`, rule by rule."""
    for rule in RULES.values():
        if rule.detect is not None:
            for hit in islice(rule.detect(text), MOST_HITS):
                yield rule, hit
