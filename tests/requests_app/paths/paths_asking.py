"""Paths of the receipt, the correction, the reasons, the fee and the withdrawal
(Art. 29–31, 35, 42).

Working days of 2026 that matter here: Feb 10-14 24-28 · Mar 2-6 9-13 16-20 23-27 30 31 · Apr 1-3
7-10 13-17 20-24 27-30 · May 6-9 11-15 18-22 25-29 · Jun 1-5 8-12 15-18 22-26 29 30 (Feb 14 and 28
and May 9 are make-up Saturdays; off are Feb 15-23, Apr 4-6, May 1-5, Jun 19-21).
"""

from tests.requests_app.paths.path import Path

#: Received on Monday 2026-03-02: Mar 3-6 9-13 16-20 23-27 30 are the 20 days; five are left on the
#: 23rd (24-27 30), two on the 26th (27 30).
FULL = "due=2026-03-30 amber=2026-03-23 red=2026-03-26 late=2026-03-31"

RECEIPTS = (
    Path(
        "online",
        "29, 31",
        """
        2026-03-02 submit       => due=2026-03-30 state=submitted
        2026-03-04 register
        """,
        f"registered received=2026-03-02 {FULL} letters=-",
    ),
    Path(
        "online_on_a_day_off",
        "31",
        # Both sides confirm on the Sunday; Feb 24-28, Mar 2-6 9-13 16-20
        """
        2026-02-15 submit
        2026-02-24 register
        """,
        "registered received=2026-02-15 due=2026-03-20 amber=2026-03-13 red=2026-03-18 "
        "late=2026-03-21",
    ),
    Path(
        "by_post_signed_for_two_days_before_it_is_entered",
        "31",
        """
        2026-03-04 !post received=2026-03-05
        2026-03-04 !post received=2008-04-30
        2026-03-04 post received=2026-03-02
        """,
        f"registered received=2026-03-02 {FULL}",
    ),
    Path(
        "ordinary_letter_counts_from_the_confirmation",
        "31",
        # Mar 4-6 9-13 16-20 23-27 30 31
        "2026-03-03 letter",
        "registered received=2026-03-03 due=2026-03-31 amber=2026-03-24 red=2026-03-27 "
        "late=2026-04-01",
    ),
    Path("in_person", "31", "2026-03-02 visit", f"registered received=2026-03-02 {FULL}"),
    Path(
        "orally_before_the_may_holiday",
        "29, 31",
        # May 6-8, Sat 9, 11-15 18-22 25-29, Jun 1
        "2026-04-30 oral",
        "registered received=2026-04-30 due=2026-06-01 amber=2026-05-25 red=2026-05-28 "
        "late=2026-06-02",
    ),
    Path(
        "by_fax_confirmed_the_next_day",
        "31",
        # Mar 6 9-13 16-20 23-27 30 31, Apr 1 2
        "2026-03-05 fax",
        "registered received=2026-03-05 due=2026-04-02 amber=2026-03-26 red=2026-03-31 "
        "late=2026-04-03",
    ),
    Path(
        "by_post_and_found_after_the_last_day",
        "31, 33",
        """
        2026-04-01 post received=2026-03-02
        2026-04-01 !!extend
        2026-04-02 complain
        """,
        f"registered received=2026-03-02 {FULL} letters=-",
    ),
    Path(
        "over_the_spring_festival",
        "33",
        # Feb 11-13, Sat 14, 24-27, Sat 28, Mar 2-6 9-13 16
        """
        2026-02-10 submit
        2026-02-11 register
        """,
        "registered due=2026-03-16 amber=2026-03-09 red=2026-03-12 late=2026-03-17",
    ),
    Path(
        "over_both_autumn_holidays_with_their_make_up_days",
        "33",
        # Sun Sep 20, 21-24 28-30, Oct 8 9, Sat 10, 12-16 19-22
        "2026-09-18 visit",
        "registered due=2026-10-22 amber=2026-10-15 red=2026-10-20 late=2026-10-23",
    ),
    Path(
        "over_a_year_that_is_not_announced",
        "33",
        # Dec 7-11 14-18 21-25 28-31, Jan 4
        "2026-12-04 visit",
        "registered due=2027-01-04 amber=2026-12-25 red=2026-12-30 late=2027-01-05 provisional=yes",
    ),
    Path(
        "announced_as_far_as_the_longest_extension_reaches",
        "33",
        # Nov 6 9-13 16-20 23-27 30, Dec 1-3; the extension would end on Dec 31
        "2026-11-05 visit",
        "registered due=2026-12-03 amber=2026-11-26 red=2026-12-01 late=2026-12-04 provisional=no",
    ),
    Path(
        "provisional_by_the_extension_alone",
        "33",
        # Nov 9-13 16-20 23-27 30, Dec 1-4; the extension would end in January
        "2026-11-06 visit",
        "registered due=2026-12-04 amber=2026-11-27 red=2026-12-02 late=2026-12-05 provisional=yes",
    ),
    Path(
        "the_day_of_receipt_is_put_right",
        "31",
        """
        2026-03-05 post received=2026-03-03   => due=2026-03-31
        2026-03-06 !amend entry=received day=2026-03-07
        2026-03-06 amend entry=received day=2026-03-02
        """,
        f"registered received=2026-03-02 {FULL}",
    ),
    Path(
        "passed_on_and_assigned_without_any_effect_on_the_clock",
        "45",
        """
        2026-03-02 submit
        2026-03-02 !pass_on
        2026-03-03 register
        2026-03-04 pass_on
        2026-03-05 assign
        2026-03-06 choose_delivery
        """,
        f"registered {FULL} letters=-",
    ),
)

CORRECTIONS = (
    Path(
        "corrected_in_time",
        "30",
        # from Mar 13: Mar 16-20 23-27 30 31, Apr 1-3 7-10 13
        """
        2026-03-02 submit
        2026-03-03 register
        2026-03-11 !ask_correction until=2026-03-11
        2026-03-11 ask_correction until=2026-03-25  => waits=correction until=2026-03-25 due=- red=-
        2026-03-13 correct
        """,
        "registered received=2026-03-02 due=2026-04-13 amber=2026-04-03 red=2026-04-09 "
        "late=2026-04-14 waits=- letters=correction",
    ),
    Path(
        "waits_for_the_correction",
        "30",
        """
        2026-03-02 visit
        2026-03-11 ask_correction until=2026-03-25
        2026-03-12 !!extend
        2026-03-12 !!notify_fee basis=pages pages=100
        2026-03-12 decide as=given
        2026-03-12 !propose
        2026-05-12 !complain
        """,
        "correction due=- amber=- red=- waits=correction until=2026-03-25 late=never",
    ),
    Path(
        "correction_by_post_recorded_three_days_later",
        "30, 31",
        """
        2026-03-02 visit
        2026-03-11 ask_correction until=2026-03-25
        2026-03-16 receive_correction on=2026-03-13
        """,
        "registered due=2026-04-13 amber=2026-04-03 red=2026-04-09 late=2026-04-14",
    ),
    Path(
        "correction_asked_after_the_seventh_working_day",
        "30",
        # the 7th is Mar 11; from Mar 16: Mar 17-20 23-27 30 31, Apr 1-3 7-10 13 14
        """
        2026-03-02 visit
        2026-03-12 ask_correction until=2026-03-25
        2026-03-16 correct
        """,
        "registered due=2026-04-14 amber=2026-04-07 red=2026-04-10 late=2026-04-15",
    ),
    Path(
        "corrected_too_late_with_a_good_reason",
        "30",
        # from Mar 26: Mar 27 30 31, Apr 1-3 7-10 13-17 20-24
        """
        2026-03-02 visit
        2026-03-11 ask_correction until=2026-03-25
        2026-03-26 !receive_correction
        2026-03-26 receive_correction reason=住院
        """,
        "registered due=2026-04-24 amber=2026-04-17 red=2026-04-22 late=2026-04-25",
    ),
    Path(
        "never_corrected",
        "30",
        """
        2026-03-02 visit
        2026-03-11 ask_correction until=2026-03-25
        2026-03-25 decide as=other_not_corrected
        2026-03-25 !propose
        2026-03-26 answer as=other_not_corrected
        """,
        "answered outcome=other_not_corrected counted=2026-03-26 late=no letters=correction,answer",
    ),
    Path(
        "asked_to_correct_only_once",
        "30",
        """
        2026-03-02 visit
        2026-03-05 ask_correction until=2026-03-25
        2026-03-13 correct
        2026-03-16 !!ask_correction until=2026-03-25
        """,
        "registered due=2026-04-13 amber=2026-04-03 red=2026-04-09 late=2026-04-14",
    ),
    Path(
        "still_unclear_after_the_correction",
        "30",
        """
        2026-03-02 visit
        2026-03-04 decide as=unable_still_unclear
        2026-03-04 !propose
        2026-03-11 ask_correction until=2026-03-25
        2026-03-13 correct
        2026-04-13 answer as=unable_still_unclear
        """,
        "answered outcome=unable_still_unclear counted=2026-04-13 late=no due=2026-04-13",
    ),
    Path(
        "an_extension_lapses_with_the_correction_and_is_possible_anew",
        "30, 33",
        # from Mar 13 the 20th is Apr 13, and Apr 14-17 20 are five more
        """
        2026-03-02 visit
        2026-03-09 extend days=20
        2026-03-11 ask_correction until=2026-03-25
        2026-03-13 correct                         => due=2026-04-13 extended=no
        2026-04-13 extend days=5
        """,
        "registered due=2026-04-20 amber=2026-04-13 red=2026-04-16 late=2026-04-21 extended=yes "
        "letters=extension,correction,extension",
    ),
)

REASONS = (
    Path(
        "reasons_given_and_a_reasonable_delay",
        "35",
        # five left before May 15: May 11-15 after Sat 9; two: 14 15
        """
        2026-03-02 visit
        2026-03-03 !delay until=2026-05-15
        2026-03-04 ask_reasons until=2026-03-18
        2026-03-05 !ask_reasons until=2026-03-18
        2026-03-10 give_reasons
        2026-03-20 !!delay until=2026-03-30
        2026-03-20 delay until=2026-05-15
        2026-03-23 !!extend
        """,
        "registered due=2026-05-15 amber=2026-05-09 red=2026-05-13 late=2026-05-16 extended=yes "
        "letters=reasons,delay",
    ),
    Path(
        "delayed_once_more",
        "35",
        # before May 29: 25-29 are five, 28 29 two
        """
        2026-03-02 visit
        2026-03-04 ask_reasons until=2026-03-18
        2026-03-10 record_reasons
        2026-03-20 delay until=2026-05-15
        2026-05-15 delay until=2026-05-29
        """,
        "registered due=2026-05-29 amber=2026-05-22 red=2026-05-27 late=2026-05-30 "
        "letters=reasons,delay,delay",
    ),
    Path(
        "too_late_to_delay",
        "35",
        """
        2026-03-02 visit
        2026-03-04 ask_reasons until=2026-03-18
        2026-03-10 give_reasons
        2026-03-31 !!delay until=2026-05-15
        """,
        f"registered {FULL}",
    ),
    Path(
        "no_reasons_given",
        "35",
        """
        2026-03-02 visit
        2026-03-03 decide as=unprocessed_excessive
        2026-03-03 !propose
        2026-03-04 ask_reasons until=2026-03-18
        2026-03-18 !propose
        2026-03-19 answer as=unprocessed_excessive
        """,
        "answered outcome=unprocessed_excessive counted=2026-03-19 late=no letters=reasons,answer",
    ),
    Path(
        "reasons_given_that_are_none",
        "35",
        """
        2026-03-02 visit
        2026-03-04 ask_reasons until=2026-03-18
        2026-03-10 give_reasons
        2026-03-12 answer as=unprocessed_excessive
        """,
        "answered outcome=unprocessed_excessive counted=2026-03-12 late=no",
    ),
)

#: Paid on Mar 20: Mar 23-27 30 31, Apr 1-3 7-10 13-17 20.
ANEW = "due=2026-04-20 amber=2026-04-13 red=2026-04-16 late=2026-04-21"

FEES = (
    Path(
        "fee_by_pages_paid",
        "42",
        # to be paid within Mar 17-20 23-27 30 31, Apr 1-3 7-10 13 14
        """
        2026-03-02 visit
        2026-03-16 notify_fee basis=pages pages=100  => waits=payment until=2026-04-14 due=-
        2026-03-20 !record_payment amount=70.00
        2026-03-20 record_payment amount=700.00
        2026-03-23 !!notify_fee basis=pages pages=200
        """,
        f"registered {ANEW} letters=fee",
    ),
    Path(
        "fee_of_the_eleventh_request_of_the_month",
        "42",
        """
        2026-03-02 visit earlier=10
        2026-03-16 notify_fee basis=requests         => waits=payment until=2026-04-14 due=-
        2026-03-20 record_payment amount=100.00
        """,
        f"registered {ANEW} letters=fee",
    ),
    Path(
        "fee_paid_on_its_last_day",
        "42",
        # Mar 31, Apr 1-3 7-10 13-17 20-24 27 28; then Apr 29 30, May 6-9 11-15 18-22 25-28
        """
        2026-03-02 visit
        2026-03-30 notify_fee basis=pages pages=31   => waits=payment until=2026-04-28
        2026-04-28 record_payment amount=10.00
        """,
        "registered due=2026-05-28 amber=2026-05-21 red=2026-05-26 late=2026-05-29",
    ),
    Path(
        "fee_never_paid",
        "42",
        """
        2026-03-02 visit
        2026-03-30 notify_fee basis=pages pages=31
        2026-04-28 decide as=other_fee_unpaid
        2026-04-28 !propose
        2026-04-29 !!record_payment amount=10.00
        2026-04-29 !!waive_fee
        2026-04-29 answer as=other_fee_unpaid
        """,
        "answered outcome=other_fee_unpaid counted=2026-04-29 late=no letters=fee,answer",
    ),
    Path(
        "waits_for_the_payment",
        "42",
        """
        2026-03-02 visit
        2026-03-30 notify_fee basis=pages pages=201
        2026-03-31 !!extend
        2026-03-31 !!ask_correction until=2026-04-20
        2026-05-06 !complain
        """,
        "payment due=- amber=- red=- waits=payment until=2026-04-28 late=never",
    ),
    Path(
        "fee_waived",
        "42",
        """
        2026-03-02 visit
        2026-03-16 notify_fee basis=pages pages=100
        2026-03-20 !waive_fee text=-
        2026-03-20 waive_fee
        """,
        f"registered {ANEW} waits=- letters=fee",
    ),
    Path(
        "an_extension_proposed_before_the_fee_lapses_with_its_waiver",
        "33, 42",
        """
        2026-03-02 visit
        2026-03-10 ask_extension                     => proposed=yes
        2026-03-16 notify_fee basis=pages pages=100
        2026-03-20 waive_fee                         => proposed=no
        2026-04-01 ask_extension
        """,
        f"registered {ANEW} proposed=yes",
    ),
    Path(
        "fee_notice_after_the_last_day",
        "42",
        """
        2026-03-02 visit
        2026-03-31 !!notify_fee basis=pages pages=100
        """,
        f"registered {FULL} letters=-",
    ),
    Path(
        "nothing_to_pay",
        "42",
        """
        2026-03-02 visit
        2026-03-16 !notify_fee basis=requests
        2026-03-16 !notify_fee basis=pages pages=30
        """,
        f"registered {FULL} letters=-",
    ),
    Path(
        "no_fee_for_a_request_of_2020",
        "42",
        # Dec 31, Jan 4-8 11-15 18-22 25-28
        """
        2020-12-30 visit
        2021-01-05 !!notify_fee basis=pages pages=100
        """,
        "registered due=2021-01-28 amber=2021-01-21 red=2021-01-26 late=2021-01-29",
    ),
)

#: The state in which it is withdrawn, and the lines that lead there.
_UNTIL = {
    "submitted": "2026-03-02 submit",
    "registered": "2026-03-02 visit",
    "correction": "2026-03-02 visit\n2026-03-03 ask_correction until=2026-03-25",
    "payment": "2026-03-02 visit\n2026-03-03 notify_fee basis=pages pages=100",
    "review": "2026-03-02 visit\n2026-03-03 decide\n2026-03-03 propose",
    "approval": "2026-03-02 visit\n2026-03-03 decide\n2026-03-03 propose\n2026-03-04 pass_review",
    "approved": "2026-03-02 visit\n2026-03-03 decide\n2026-03-03 propose\n2026-03-04 pass_review\n"
    "2026-03-04 approve",
}
WITHDRAWALS = (
    *(
        Path(
            f"withdrawn_while_{state}",
            "27",
            f"{lines}\n2026-03-05 withdraw\n2026-03-06 !withdraw\n2026-03-06 !rate",
            "closed outcome=other counted=2026-03-05 closed=2026-03-05 late=no",
        )
        for state, lines in _UNTIL.items()
    ),
    Path(
        "withdrawal_by_letter_recorded_later",
        "27",
        """
        2026-03-02 visit
        2026-03-06 !record_withdrawal on=2026-03-01
        2026-03-06 !record_withdrawal on=2026-03-09
        2026-03-06 record_withdrawal on=2026-03-05
        """,
        "closed outcome=other counted=2026-03-05 closed=2026-03-05 late=no",
    ),
)

PATHS = RECEIPTS + CORRECTIONS + REASONS + FEES + WITHDRAWALS
