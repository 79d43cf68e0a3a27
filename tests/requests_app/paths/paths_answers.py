"""Paths of the answer, of several requests, and of what comes after it (Art. 36–41, 51).

Received on Monday 2026-03-02 where nothing else is said: Mar 3-6 9-13 16-20 23-27 30.
"""

from tests.requests_app.paths.path import Path

FULL = "due=2026-03-30 amber=2026-03-23 red=2026-03-26"

#: What can always be decided → the row of table three (`domain/regulation.md`, “From the answer to
#: the row of table three”). The others (after a correction, a fee, reasons, a third party) have
#: paths of their own.
ROWS = {
    "given": "granted",
    "already_public": "granted",
    "partly": "partially_granted",
    "state_secret": "refused_state_secret",
    "forbidden_by_law": "refused_forbidden_by_law",
    "security_stability": "refused_security_stability",
    "internal_affairs": "refused_internal_affairs",
    "process": "refused_process",
    "enforcement_file": "refused_enforcement_file",
    "administrative_inquiry": "refused_administrative_inquiry",
    "not_existing": "unable_not_held",
    "not_ours": "unable_not_held",
    "unable_needs_creation": "unable_needs_creation",
    "unprocessed_petition": "unprocessed_petition",
    "unprocessed_repeated": "unprocessed_repeated",
    "unprocessed_publication": "unprocessed_publication",
    "unprocessed_reissue": "unprocessed_reissue",
    "record_corrected": "other",
    "record_kept": "other",
    "record_passed_on": "other",
    "other": "other",
}
_REFUSED = {row.removeprefix("refused_") for row in ROWS.values() if row.startswith("refused_")}

DETERMINED = tuple(
    Path(
        f"decided_{key}",
        "36-41",
        f"""
        2026-03-02 visit
        2026-03-30 answer as={f"refused_{key}" if key in _REFUSED else key}
        """,
        f"answered outcome={row} counted_as={row} counted=2026-03-30 answered=2026-03-30 late=no "
        f"{FULL} letters=answer",
    )
    for key, row in ROWS.items()
)

ANSWERS = (
    Path(
        "answered_one_day_late",
        "33",
        """
        2026-03-02 visit
        2026-03-31 complain
        2026-03-31 answer as=given
        """,
        f"answered outcome=granted counted=2026-03-31 late=yes {FULL}",
    ),
    Path(
        "answered_served_rated_and_closed",
        "36, 51",
        """
        2026-03-02 submit
        2026-03-02 !rate
        2026-03-03 register
        2026-03-20 answer as=given
        2026-03-23 !close
        2026-03-23 !serve on=2026-03-19
        2026-03-23 serve channel=post on=2026-03-20 served_on=2026-03-23
        2026-03-23 rate
        2026-03-24 !rate
        2026-03-24 close
        2026-03-25 !withdraw
        """,
        f"closed outcome=granted counted=2026-03-20 closed=2026-03-24 late=no {FULL} "
        "letters=answer",
    ),
    Path(
        "the_day_of_the_answer_stays",
        "33",
        """
        2026-03-02 visit
        2026-03-31 answer as=given              => answered=2026-03-31
        2026-03-31 !amend entry=answered day=2026-03-30
        """,
        f"answered outcome=granted counted=2026-03-31 answered=2026-03-31 late=yes {FULL}",
    ),
    Path(
        "posted_late_is_answered_late",
        "33",
        # the last day is 2026-03-30: 20 working days after 2 March
        """
        2026-03-02 visit
        2026-03-30 answer as=given              => answered=2026-03-30
        2026-04-02 serve channel=post on=2026-04-02 served_on=2026-04-02 => answered=2026-04-02
        """,
        f"answered outcome=granted counted=2026-03-30 answered=2026-04-02 late=yes {FULL}",
    ),
    Path(
        "nothing_decided_cannot_be_proposed",
        "36",
        """
        2026-03-02 visit
        2026-03-20 !propose
        2026-03-20 decide as=given
        2026-03-20 !issue
        2026-03-20 propose
        2026-03-20 !approve
        2026-03-20 !propose
        """,
        f"review {FULL} late=2026-03-31 letters=-",
    ),
    Path(
        "returned_to_the_handler_and_answered_otherwise",
        "36",
        """
        2026-03-02 visit
        2026-03-20 decide as=given
        2026-03-20 propose
        2026-03-23 pass_review
        2026-03-23 !return_draft text=-
        2026-03-23 return_draft    => state=registered
        2026-03-24 answer as=partly
        """,
        f"answered outcome=partially_granted counted=2026-03-24 late=no {FULL}",
    ),
    Path(
        "returned_to_where_it_waited_for_the_correction",
        "30",
        """
        2026-03-02 visit
        2026-03-04 ask_correction until=2026-03-18
        2026-03-19 decide as=other_not_corrected
        2026-03-19 propose
        2026-03-20 return_draft    => state=correction waits=correction
        2026-03-20 receive_correction reason=住院
        """,
        # Mar 23-27 30 31, Apr 1-3 7-10 13-17 20
        "registered due=2026-04-20 amber=2026-04-13 red=2026-04-16 late=2026-04-21",
    ),
    Path(
        "mixed_points_something_given",
        "37",
        """
        2026-03-02 visit
        2026-03-20 points of=预算,讨论记录,不存在的图
        2026-03-20 answer as=given,refused_process,not_existing
        """,
        f"answered outcome=partially_granted counted=2026-03-20 late=no {FULL}",
    ),
    Path(
        "mixed_points_nothing_given_the_first_of_the_table_counts",
        "36",
        """
        2026-03-02 visit
        2026-03-20 points of=信访,不存在的图,讨论记录
        2026-03-20 answer as=unprocessed_petition,not_existing,refused_process
        """,
        f"answered outcome=refused_process counted=2026-03-20 late=no {FULL}",
    ),
    Path(
        "points_of_one_row_count_as_that_row",
        "36(1)(2)",
        """
        2026-03-02 visit
        2026-03-20 points of=预算,决算
        2026-03-20 answer as=given,already_public
        """,
        f"answered outcome=granted counted=2026-03-20 late=no {FULL}",
    ),
)

SEVERAL = (
    Path(
        "split_after_a_correction",
        "29, 33",
        # from Mar 13, as its origin: Mar 16-20 23-27 30 31, Apr 1-3 7-10 13
        """
        2026-03-02 visit
        2026-03-03 !split out=丙
        2026-03-03 points of=甲,乙,丙
        2026-03-11 ask_correction until=2026-03-25
        2026-03-13 correct
        2026-03-16 !split out=甲,乙,丙
        2026-03-16 split out=丙
        """,
        "registered received=2026-03-02 due=2026-04-13 amber=2026-04-03 red=2026-04-09 "
        "late=2026-04-14",
        others={
            "b": "registered received=2026-03-02 due=2026-04-13 amber=2026-04-03 red=2026-04-09 "
            "late=2026-04-14 letters=- outcome=-"
        },
    ),
    Path(
        "split_after_a_consultation_that_is_over",
        "32, 33",
        # extended by ten the last day is Apr 14; Mar 11 12 left out make it Apr 16, for all parts
        """
        2026-03-02 visit
        2026-03-03 points of=甲,乙
        2026-03-09 extend days=10
        2026-03-10 ask_third_party
        2026-03-12 third_party_answered
        2026-03-13 split out=乙
        """,
        "registered due=2026-04-16 amber=2026-04-09 red=2026-04-14 late=2026-04-17 extended=yes",
        others={
            "b": "registered due=2026-04-16 amber=2026-04-09 red=2026-04-14 late=2026-04-17 "
            "extended=yes"
        },
    ),
    Path(
        "split_while_a_third_party_is_asked_for_the_rest",
        "32, 33",
        # what is asked concerns what stays; the part's own time goes on
        """
        2026-03-02 visit
        2026-03-03 points of=甲,乙
        2026-03-05 ask_third_party
        2026-03-06 split out=乙
        """,
        "registered due=2026-04-21 amber=2026-04-14 red=2026-04-17 late=2026-04-22",
        others={"b": f"registered {FULL} late=2026-03-31"},
    ),
    Path(
        "split_after_the_fee_is_paid",
        "42",
        # both from Mar 20: Mar 23-27 30 31, Apr 1-3 7-10 13-17 20
        """
        2026-03-02 visit
        2026-03-03 points of=甲,乙
        2026-03-16 notify_fee basis=pages pages=100
        2026-03-20 record_payment amount=700.00
        2026-03-23 split out=乙
        """,
        "registered due=2026-04-20 amber=2026-04-13 red=2026-04-16 late=2026-04-21",
        others={
            "b": "registered due=2026-04-20 amber=2026-04-13 red=2026-04-16 late=2026-04-21 waits=-"
        },
    ),
    Path(
        "merged_into_the_earlier_one",
        "33",
        """
        2026-03-02 visit
        2026-03-03 b:visit
        2026-03-04 !merge into=b
        2026-03-04 b:merge into=a
        """,
        f"registered {FULL} late=2026-03-31",
        others={"b": "closed outcome=other counted=2026-03-04 closed=2026-03-04 late=no"},
    ),
    Path(
        "sent_on_to_another_agency_of_the_platform",
        "36(5)",
        # there Mar 11-13 16-20 23-27 30 31, Apr 1-3 7 8
        """
        2026-03-02 visit
        2026-03-10 answer as=not_ours send_on=SLA
        """,
        f"answered outcome=unable_not_held counted=2026-03-10 late=no {FULL} "
        "letters=answer,sending_on",
        others={
            "b": "submitted received=2026-03-10 due=2026-04-08 amber=2026-03-31 red=2026-04-03 "
            "late=2026-04-09 letters=-"
        },
    ),
)

#: Refused on the last day and contested.
_CONTESTED = """
        2026-03-02 visit
        2026-03-30 answer as=refused_process
        2026-03-30 serve
        2026-04-10 file_remedy
        """
AFTERWARDS = (
    Path(
        "reopened_by_a_decision_that_fixes_a_day",
        "51",
        # before Jun 26: 22-26 are five (19-21 off), 25 26 two
        _CONTESTED
        + """
        2026-04-20 reply_remedy
        2026-04-21 !reply_remedy
        2026-06-01 !reopen
        2026-06-01 decide_remedy result=revoked_new_answer until=2026-06-26
        2026-06-02 reopen on=2026-06-01
        2026-06-02 !!extend
        """,
        "registered due=2026-06-26 amber=2026-06-18 red=2026-06-24 late=2026-06-27 outcome=- "
        "counted=2026-03-30 counted_as=refused_process letters=answer",
    ),
    Path(
        "reopened_with_a_full_period_and_answered_anew",
        "51",
        # Jun 3-5 8-12 15-18 22-26 29 30, Jul 1
        _CONTESTED
        + """
        2026-06-01 decide_remedy result=revoked_new_answer
        2026-06-02 reopen            => state=registered due=2026-07-01 amber=2026-06-24
        2026-06-03 !reopen
        2026-07-01 answer as=given
        """,
        "answered outcome=granted answered=2026-07-01 counted=2026-03-30 "
        "counted_as=refused_process late=no due=2026-07-01 red=2026-06-29 letters=answer,answer",
    ),
    Path(
        "reopened_after_the_day_that_the_decision_fixed",
        "51",
        # the legal day can still be the day of the decision; before Jun 12: 8-12 are five
        _CONTESTED
        + """
        2026-06-01 decide_remedy result=revoked_new_answer until=2026-06-12
        2026-06-15 !!reopen
        2026-06-15 reopen on=2026-06-02
        """,
        "registered due=2026-06-12 amber=2026-06-05 red=2026-06-10 late=2026-06-13",
    ),
    Path(
        "the_answer_is_upheld",
        "51",
        _CONTESTED
        + """
        2026-06-01 decide_remedy result=upheld
        2026-06-02 !reopen
        2026-06-02 !decide_remedy result=revoked
        """,
        f"answered outcome=refused_process counted=2026-03-30 late=no {FULL}",
    ),
    Path(
        "contested_for_silence_and_answered_late",
        "51",
        """
        2026-03-02 visit
        2026-03-20 !file_remedy
        2026-04-02 file_remedy against=silence
        2026-04-20 decide_remedy result=performance_ordered until=2026-04-30
        2026-04-21 !reopen
        2026-04-24 answer as=given
        """,
        f"answered outcome=granted counted=2026-04-24 late=yes {FULL}",
    ),
    Path(
        "a_lawsuit_by_the_third_party",
        "32, 51",
        """
        2026-03-02 visit
        2026-03-05 ask_third_party
        2026-03-12 third_party_answered opinion=objects
        2026-03-16 override_objection
        2026-03-31 answer as=given
        2026-04-10 file_remedy kind=litigation_direct by=third_party against=disclosure body=法院
        2026-09-10 !decide_remedy result=upheld
        2026-09-10 decide_remedy result=claim_rejected
        """,
        "answered outcome=granted counted=2026-03-31 late=no due=2026-04-07",
    ),
    Path(
        "reopened_from_the_closed_file_and_withdrawn",
        "51",
        _CONTESTED
        + """
        2026-04-13 close
        2026-06-01 decide_remedy result=performance_ordered
        2026-06-02 reopen
        2026-06-10 withdraw
        """,
        "closed outcome=other counted=2026-03-30 counted_as=refused_process closed=2026-06-10 "
        "late=no",
    ),
    Path(
        "reopened_under_492_with_a_full_period",
        "24, 51",
        # Feb 11-14 17-21 24-28, Mar 3
        """
        2013-09-25 post
        2013-10-21 answer as=refused_process
        2013-10-22 serve
        2013-11-15 file_remedy
        2014-02-10 decide_remedy result=revoked_new_answer
        2014-02-10 reopen
        """,
        "registered due=2014-03-03 amber=2014-02-24 red=2014-02-27 late=2014-03-04 "
        "counted=2013-10-21",
        "492",
    ),
)

PATHS = DETERMINED + ANSWERS + SEVERAL + AFTERWARDS
