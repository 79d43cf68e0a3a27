"""What can be decided on a point of a request (答复类型): one table, each row leading to a row of
the annual report's table three. Pure.
"""

from dataclasses import dataclass
from enum import StrEnum

from disclosure.core.text import gettext_noop as _
from requests_app.determination.outcomes import OUTCOMES, Outcome


class Given(StrEnum):
    """What a determination must say (Art. 36–41); the keys of a point's details."""

    PLACE = "place"  # 获取方式和途径
    HOW = "how"  # 提供方式、途径和时间
    REASONS = "reasons"  # 理由
    GROUNDS = "grounds"  # 不予公开部分的依据
    WITHHELD = "withheld"  # 不予公开的内容
    SEARCH = "search"  # 检索情况
    RESPONSIBLE = "responsible"  # 负责公开的行政机关及联系方式
    EARLIER = "earlier"  # 此前答复的文号
    RULES = "rules"  # 适用的专门规定
    WHERE = "where"  # 告知的其他途径


@dataclass(frozen=True)
class GivenText:
    """How the form asks for it."""

    label: str
    hint: str


GIVEN: dict[Given, GivenText] = {
    Given.PLACE: GivenText(
        _("Where it is public"), _("The way and channel: address of the page, index number.")
    ),
    Given.HOW: GivenText(
        _("How it is provided"),
        _("The information itself with the answer; or by which way and channel, and when."),
    ),
    Given.REASONS: GivenText(_("Reasons"), _("Why; the applicant reads exactly this.")),
    Given.GROUNDS: GivenText(_("Grounds of what is withheld"), _("Each ground that is used.")),
    Given.WITHHELD: GivenText(
        _("What is withheld"), _("Named so that nothing of it is given away.")
    ),
    Given.SEARCH: GivenText(
        _("How it was searched"), _("Which offices, archives and systems were searched, and how.")
    ),
    Given.RESPONSIBLE: GivenText(
        _("Responsible agency"), _("Name and contact, as far as they are known.")
    ),
    Given.EARLIER: GivenText(
        _("The earlier answer"), _("Its number and day: the same was answered to the same person.")
    ),
    Given.RULES: GivenText(
        _("Rules that apply instead"), _("The law or regulation on consulting this register.")
    ),
    Given.WHERE: GivenText(
        _("Where to turn"), _("The channel for the matter, or how to get the publication.")
    ),
}


class Follow(StrEnum):
    """When a determination may follow; checked in `requests_app.policies`."""

    ALWAYS = "always"
    #: Every objection with reasons is overridden in the public interest.
    NO_OBJECTION = "no_objection"
    #: A third party was asked and its time is over or its opinion is here.
    THIRD_PARTY_HEARD = "third_party_heard"
    #: A correction was asked for and came.
    CORRECTED = "corrected"
    #: A correction was asked for, its day has passed, none came.
    NOT_CORRECTED = "not_corrected"
    #: A fee notice was given, its last day has passed, it is unpaid.
    FEE_UNPAID = "fee_unpaid"
    #: The reasons for many requests were asked for.
    REASONS_ASKED = "reasons_asked"


@dataclass(frozen=True)
class Determination:
    """One row: its key, the row of table three, the article, what it must and may give.

    `letter` is the kind of 答复书 whose wording it uses; `on` names the Regulation's basis in the
    letter.
    """

    key: str
    row: str
    label: str
    article: str
    must: tuple[Given, ...]
    may: tuple[Given, ...] = ()
    follow: Follow = Follow.ALWAYS

    @property
    def outcome(self) -> Outcome:
        return OUTCOMES[self.row]

    @property
    def grounds(self) -> tuple[str, ...]:
        """The ground that the row itself has; a partial grant names its own."""
        return (self.outcome.ground,) if self.outcome.ground else ()


def _refused(
    ground: str, article: str, follow: Follow = Follow.ALWAYS, *must: Given
) -> Determination:
    row = f"refused_{ground}"
    return Determination(
        row, row, OUTCOMES[row].label, article, (Given.REASONS, *must), follow=follow
    )


def _as_row(
    key: str,
    article: str,
    *must: Given,
    follow: Follow = Follow.ALWAYS,
    may: tuple[Given, ...] = (),
) -> Determination:
    return Determination(key, key, OUTCOMES[key].label, article, must, may, follow)


DETERMINATIONS: dict[str, Determination] = {
    row.key: row
    for row in (
        Determination(
            "given",
            "granted",
            _("Granted: provided"),
            "36(2)",
            (Given.HOW,),
            follow=Follow.NO_OBJECTION,
        ),
        Determination(
            "already_public", "granted", _("Granted: already public"), "36(1)", (Given.PLACE,)
        ),
        Determination(
            "partly",
            "partially_granted",
            _("Partly granted"),
            "37",
            (Given.HOW, Given.WITHHELD, Given.GROUNDS, Given.REASONS),
            follow=Follow.NO_OBJECTION,
        ),
        _refused("state_secret", "14"),
        _refused("forbidden_by_law", "14"),
        _refused("security_stability", "14"),
        _refused("third_party", "15", Follow.THIRD_PARTY_HEARD),
        _refused("internal_affairs", "16(1)"),
        _refused("process", "16(2)"),
        _refused("enforcement_file", "16(2)"),
        _refused("administrative_inquiry", "36(7)", Follow.ALWAYS, Given.RULES),
        Determination(
            "not_existing",
            "unable_not_held",
            _("Searched for, does not exist"),
            "36(4)",
            (Given.SEARCH,),
        ),
        Determination(
            "not_ours",
            "unable_not_held",
            _("Not this agency's to disclose"),
            "36(5)",
            (Given.REASONS,),
            (Given.RESPONSIBLE,),
        ),
        _as_row("unable_needs_creation", "38", Given.REASONS),
        _as_row("unable_still_unclear", "30", Given.REASONS, follow=Follow.CORRECTED),
        _as_row("unprocessed_petition", "39(1)", Given.REASONS, may=(Given.WHERE,)),
        _as_row("unprocessed_repeated", "36(6)", Given.EARLIER),
        _as_row("unprocessed_publication", "39(2)", Given.REASONS, may=(Given.WHERE,)),
        _as_row("unprocessed_excessive", "35", Given.REASONS, follow=Follow.REASONS_ASKED),
        _as_row("unprocessed_reissue", "36", Given.REASONS),
        _as_row("other_not_corrected", "30", follow=Follow.NOT_CORRECTED),
        _as_row("other_fee_unpaid", "42", follow=Follow.FEE_UNPAID),
        Determination(
            "record_corrected",
            "other",
            _("Record about the applicant corrected"),
            "41",
            (Given.REASONS,),
        ),
        Determination(
            "record_kept",
            "other",
            _("Record about the applicant not corrected"),
            "41",
            (Given.REASONS,),
        ),
        Determination(
            "record_passed_on",
            "other",
            _("Correction of a record passed on"),
            "41",
            (Given.RESPONSIBLE,),
        ),
        _as_row("other", "36", Given.REASONS),
    )
}
