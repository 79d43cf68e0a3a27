"""How remedies end: concrete results, the column of table four each counts in, and whether it
orders a new answer. Declared once; pure.

The form has four columns and no key to them. By this project's rule, and as the statistics of
2014 had it (国办发〔2014〕32号), rejecting the claim on its merits counts as upheld; what ends a
case without judging the answer counts as other. The result of the last instance counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from disclosure.core.text import gettext_noop as _


class RemedyKind(StrEnum):
    """The groups of table four."""

    RECONSIDERATION = "reconsideration"
    LITIGATION_DIRECT = "litigation_direct"
    LITIGATION_AFTER_RECONSIDERATION = "litigation_after_reconsideration"


KIND_LABELS: Final[dict[RemedyKind, str]] = {
    RemedyKind.RECONSIDERATION: _("Administrative reconsideration"),  # 行政复议
    RemedyKind.LITIGATION_DIRECT: _("Lawsuit without reconsideration"),  # 未经复议直接起诉
    RemedyKind.LITIGATION_AFTER_RECONSIDERATION: _("Lawsuit after reconsideration"),  # 复议后起诉
}


class Column(StrEnum):
    """The columns of table four; their sum is the total."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"
    PENDING = "pending"


COLUMN_LABELS: Final[dict[Column, str]] = {
    Column.UPHELD: _("Upheld"),  # 结果维持
    Column.CORRECTED: _("Corrected"),  # 结果纠正
    Column.OTHER: _("Other result"),  # 其他结果
    Column.PENDING: _("Pending"),  # 尚未审结
}


@dataclass(frozen=True)
class Result:
    """One result. `in_reconsideration`, `in_court`: the article of 行政复议法 and 行政诉讼法 that
    knows it, empty where it does not exist. `orders_answer`: the case is reopened.
    """

    key: str
    label: str
    column: Column
    in_reconsideration: str = ""
    in_court: str = ""
    orders_answer: bool = False

    def exists_in(self, kind: RemedyKind) -> bool:
        """Whether a remedy of this kind can end so."""
        return bool(
            self.in_reconsideration if kind == RemedyKind.RECONSIDERATION else self.in_court
        )


RESULTS: Final[dict[str, Result]] = {
    row.key: row
    for row in (
        # 维持
        Result("upheld", _("Answer upheld"), Column.UPHELD, "68"),
        # 驳回行政复议请求 / 判决驳回诉讼请求
        Result("claim_rejected", _("Claim rejected"), Column.UPHELD, "69", "69"),
        # 变更
        Result("changed", _("Changed by the decision itself"), Column.CORRECTED, "63", "77"),
        # 撤销（含部分撤销）
        Result("revoked", _("Revoked, wholly or in part"), Column.CORRECTED, "64", "70"),
        # 撤销并责令重新答复
        Result(
            "revoked_new_answer",
            _("Revoked, a new answer ordered"),
            Column.CORRECTED,
            "64",
            "70",
            orders_answer=True,
        ),
        # 责令履行（限期答复或者公开）
        Result(
            "performance_ordered",
            _("Ordered to answer or to disclose"),
            Column.CORRECTED,
            "66",
            "72",
            orders_answer=True,
        ),
        # 确认违法
        Result("unlawful", _("Confirmed to be unlawful"), Column.CORRECTED, "65", "74"),
        # 确认无效
        Result("void", _("Confirmed to be void"), Column.CORRECTED, "67", "75"),
        # 不予受理 / 不予立案
        Result("not_accepted", _("Not accepted"), Column.OTHER, "30", "51"),
        # 驳回行政复议申请 / 裁定驳回起诉（不符合受理、起诉条件）
        Result(
            "application_rejected",
            _("Application rejected: conditions not met"),
            Column.OTHER,
            "33",
            "49",
        ),
        # 撤回申请 / 撤诉
        Result("withdrawn", _("Withdrawn by the applicant"), Column.OTHER, "41(1)", "62"),
        # 和解后撤回
        Result("settled", _("Withdrawn after a settlement"), Column.OTHER, "74", "62"),
        # 调解
        Result("mediated", _("Mediated"), Column.OTHER, "73", "60"),
        # 调解，约定重新答复
        Result(
            "mediated_new_answer",
            _("Mediated, a new answer agreed"),
            Column.OTHER,
            "73",
            "60",
            orders_answer=True,
        ),
        # 终止（其他情形）
        Result("ended", _("Ended for another reason"), Column.OTHER, "41", "101"),
    )
}


def results_for(kind: str) -> Iterator[Result]:
    """The results that a remedy of this kind can have, in the order of the table."""
    return (result for result in RESULTS.values() if result.exists_in(RemedyKind(kind)))


def column_of(result: str | None) -> Column:
    """The column of table four; without a result the remedy is pending."""
    return RESULTS[result].column if result else Column.PENDING


def orders_answer(result: str | None) -> bool:
    """Whether the result orders a new answer, so that the case is reopened (Art. 51)."""
    return RESULTS[result].orders_answer if result else False
