"""Paths with others who are asked, with extensions, and under Decree No. 492 (Art. 32–34; there
Art. 21–24).

Every case under 711 is received on Monday 2026-03-02, so without a pause its days are Mar 3-6 9-13
16-20 23-27 30. Working days after that: Mar 31 · Apr 1-3 7-10 13-17 20-24 27-30 · May 6-9 11-15
18-22 25-29.
"""

from tests.requests_app.paths.path import Path

FULL = "due=2026-03-30 amber=2026-03-23 red=2026-03-26 late=2026-03-31"
#: Silent from Mar 5 to the 15th working day, Mar 26: Mar 3-5, 27 30 31, Apr 1-3 7-10 13-17 20 21.
SILENT = "due=2026-04-21 amber=2026-04-14 red=2026-04-17"
#: Mar 6 9-12 left out: Mar 3-5, 13 16-20 23-27 30 31, Apr 1-3 7.
HEARD = "due=2026-04-07 amber=2026-03-30 red=2026-04-02"

THIRD_PARTIES = (
    Path(
        "third_party_silent",
        "32",
        """
        2026-03-02 visit
        2026-03-05 !ask_third_party text=-
        2026-03-05 ask_third_party     => due=2026-04-21 waits=-
        2026-03-26 decide as=given
        2026-03-26 !propose
        2026-03-27 answer as=given
        """,
        f"answered outcome=granted counted=2026-03-27 late=no {SILENT} "
        "letters=third_party,consulting,answer",
    ),
    Path(
        "third_party_agrees",
        "32",
        """
        2026-03-02 visit
        2026-03-05 ask_third_party
        2026-03-12 third_party_answered opinion=agrees
        2026-03-13 !!third_party_answered opinion=agrees
        2026-03-13 !!third_party_received
        """,
        f"registered {HEARD} late=2026-04-08",
    ),
    Path(
        "third_party_objects_with_reasons",
        "32",
        """
        2026-03-02 visit
        2026-03-05 ask_third_party
        2026-03-09 decide as=refused_third_party
        2026-03-09 !propose
        2026-03-12 !third_party_answered opinion=objects text=-
        2026-03-12 third_party_answered opinion=objects
        2026-03-13 decide as=given
        2026-03-13 !propose
        2026-04-07 answer as=refused_third_party
        """,
        f"answered outcome=refused_third_party counted=2026-04-07 late=no {HEARD}",
    ),
    Path(
        "third_party_objects_and_the_rest_is_given",
        "32, 37",
        """
        2026-03-02 visit
        2026-03-05 ask_third_party
        2026-03-12 third_party_answered opinion=objects
        2026-03-16 points of=合同价款,工程概况
        2026-03-16 decide as=given
        2026-03-16 !propose
        2026-03-17 answer as=refused_third_party,given
        """,
        f"answered outcome=partially_granted counted=2026-03-17 late=no {HEARD}",
    ),
    Path(
        "third_party_objects_without_reasons",
        "32",
        """
        2026-03-02 visit
        2026-03-05 ask_third_party
        2026-03-12 third_party_answered opinion=objects_without text=-
        2026-03-13 !override_objection
        2026-04-07 answer as=given
        """,
        f"answered outcome=granted counted=2026-04-07 late=no {HEARD}",
    ),
    Path(
        "third_party_overridden_in_the_public_interest",
        "32",
        """
        2026-03-02 visit
        2026-03-05 ask_third_party
        2026-03-12 third_party_answered opinion=objects
        2026-03-16 !override_objection text=-
        2026-03-16 override_objection
        2026-03-17 !override_objection
        2026-03-31 answer as=given
        """,
        f"answered outcome=granted counted=2026-03-31 late=no {HEARD} "
        "letters=third_party,consulting,third_party_disclosure,answer",
    ),
    Path(
        "two_third_parties_at_once",
        "32",
        # Mar 6 9-13 16 17 left out once: Mar 3-5, 18-20 23-27 30 31, Apr 1-3 7-10
        """
        2026-03-02 visit
        2026-03-05 ask_third_party
        2026-03-10 ask_third_party #2
        2026-03-12 third_party_answered #1
        2026-03-17 third_party_answered #2
        """,
        "registered due=2026-04-10 amber=2026-04-02 red=2026-04-08 late=2026-04-11 "
        "letters=third_party,consulting,third_party,consulting",
    ),
    Path(
        "third_party_answers_after_its_term",
        "32",
        """
        2026-03-02 visit
        2026-03-05 ask_third_party
        2026-04-10 third_party_answered opinion=agrees
        """,
        f"registered {SILENT} late=2026-04-22",
    ),
    Path(
        "third_party_got_the_letter_days_later",
        "32",
        # its term: Mar 10-13 16-20 23-27 30; counted Mar 3-5 31, Apr 1-3 7-10 13-17 20-23
        """
        2026-03-02 visit
        2026-03-05 ask_third_party
        2026-03-11 third_party_received on=2026-03-09
        2026-03-12 !!third_party_received
        """,
        "registered due=2026-04-23 amber=2026-04-16 red=2026-04-21 late=2026-04-24",
    ),
    Path(
        "the_slip_comes_back_after_something_else_has_happened",
        "32",
        # the same days as above; extended on Mar 10 by five: Apr 24 27-30
        """
        2026-03-02 visit
        2026-03-05 ask_third_party
        2026-03-10 extend days=5
        2026-03-11 third_party_received on=2026-03-09
        """,
        "registered due=2026-04-30 amber=2026-04-23 red=2026-04-28 late=2026-05-01",
    ),
    Path(
        "third_party_asked_on_the_last_day",
        "32, 33",
        """
        2026-03-02 visit
        2026-03-30 ask_third_party
        """,
        f"registered {FULL}",
    ),
)

AGENCIES = (
    Path(
        "co_maker_silent_counts_as_agreed",
        "34",
        """
        2026-03-02 visit
        2026-03-05 ask_co_maker
        2026-03-27 answer as=given
        """,
        f"answered outcome=granted counted=2026-03-27 late=no {SILENT} "
        "letters=co_maker,consulting,answer",
    ),
    Path(
        "co_maker_answers",
        "34",
        """
        2026-03-02 visit
        2026-03-05 ask_co_maker
        2026-03-09 co_maker_received on=2026-03-06
        2026-03-12 co_maker_answered
        """,
        f"registered {HEARD} late=2026-04-08",
    ),
    Path(
        "waits_for_another_agency",
        "11, 17, 33",
        """
        2026-03-02 visit
        2026-03-05 ask_agency until=2026-04-30
        2026-04-01 decide as=given
        2026-04-01 !propose
        2026-06-01 !complain
        """,
        "registered due=- amber=- red=- waits=agency until=2026-04-30 late=never",
    ),
    Path(
        "another_agency_answers",
        "11, 17, 33",
        # Mar 3-5, May 6-9 11-15 18-22 25-27
        """
        2026-03-02 visit
        2026-03-05 ask_agency until=2026-04-30
        2026-04-30 agency_answered
        """,
        "registered due=2026-05-27 amber=2026-05-20 red=2026-05-25 late=2026-05-28 waits=-",
    ),
    Path(
        "one_of_two_agencies_is_silent",
        "33",
        """
        2026-03-02 visit
        2026-03-05 ask_agency until=2026-03-20
        2026-03-05 ask_agency #2 until=2026-04-15
        2026-03-12 agency_answered #1
        """,
        "registered due=- waits=agency until=2026-04-15 late=never",
    ),
    Path(
        "another_agency_asked_too_late_stops_nothing",
        "33",
        """
        2026-03-02 visit
        2026-03-31 ask_agency until=2026-04-30
        """,
        f"registered {FULL}",
    ),
    Path(
        "third_party_and_another_agency",
        "32, 33",
        # Mar 6 to 31 left out (the third party's term ends on Mar 26):
        # Mar 3-5, Apr 1-3 7-10 13-17 20-24
        """
        2026-03-02 visit
        2026-03-05 ask_third_party
        2026-03-06 ask_agency until=2026-04-15   => waits=agency until=2026-04-15 due=-
        2026-03-31 agency_answered
        """,
        "registered due=2026-04-24 amber=2026-04-17 red=2026-04-22 late=2026-04-25",
    ),
    Path(
        "an_office_of_the_agency_searches",
        "36(4)",
        """
        2026-03-02 visit
        2026-03-03 !ask_help until=2026-03-03
        2026-03-03 ask_help until=2026-03-10
        2026-03-03 ask_help until=2026-03-10
        2026-03-11 chase_help #1
        2026-03-12 give_help #1 found=nothing
        2026-03-12 !give_help #1 found=holds
        2026-03-12 decide as=not_existing
        2026-03-12 !propose
        2026-03-13 give_help #2 found=nothing
        2026-03-16 answer as=not_existing
        """,
        "answered outcome=unable_not_held counted=2026-03-16 late=no due=2026-03-30 "
        "letters=help,help,answer",
    ),
)

EXTENSIONS = (
    Path(
        "extended_early_by_ten",
        "33",
        # Mar 31, Apr 1-3 7-10 13 14
        """
        2026-03-02 visit
        2026-03-09 !extend days=10 text=-
        2026-03-09 extend days=10
        """,
        "registered due=2026-04-14 amber=2026-04-07 red=2026-04-10 late=2026-04-15 extended=yes "
        "letters=extension",
    ),
    Path(
        "extended_on_the_last_day_by_the_most",
        "33",
        # Mar 31, Apr 1-3 7-10 13-17 20-24 27 28
        """
        2026-03-02 visit
        2026-03-30 extend
        """,
        "registered due=2026-04-28 amber=2026-04-21 red=2026-04-24 late=2026-04-29 extended=yes",
    ),
    Path(
        "too_late_to_extend",
        "33",
        """
        2026-03-02 visit
        2026-03-31 !!extend
        2026-03-31 !ask_extension
        """,
        f"registered {FULL} extended=no letters=-",
    ),
    Path(
        "extended_only_once",
        "33",
        # Mar 31, Apr 1-3 7
        """
        2026-03-02 visit
        2026-03-09 extend days=5
        2026-03-10 !!extend days=5
        """,
        "registered due=2026-04-07 amber=2026-03-30 red=2026-04-02 late=2026-04-08",
    ),
    Path(
        "twenty_working_days_at_most",
        "33",
        """
        2026-03-02 visit
        2026-03-09 !!extend days=21
        2026-03-09 !!extend days=0
        """,
        f"registered {FULL} letters=-",
    ),
    Path(
        "extended_with_a_pause_in_the_extension",
        "33",
        # Mar 31 counts, Apr 1-3 do not, Apr 7-10 do
        """
        2026-03-02 visit
        2026-03-30 extend days=5
        2026-03-31 ask_agency until=2026-04-15
        2026-04-03 agency_answered
        """,
        "registered due=2026-04-10 amber=2026-04-02 red=2026-04-08 late=2026-04-11",
    ),
    Path(
        "extended_while_another_agency_is_asked",
        "33",
        # Mar 3-5, May 6-9 11-15 18-22 25-29, Jun 1-3: 25 in all
        """
        2026-03-02 visit
        2026-03-05 ask_agency until=2026-04-30
        2026-04-02 extend days=5                    => due=- waits=agency
        2026-04-30 agency_answered
        """,
        "registered due=2026-06-03 amber=2026-05-27 red=2026-06-01 late=2026-06-04",
    ),
    Path(
        "proposed_refused_proposed_again_and_agreed_to",
        "33",
        """
        2026-03-02 visit
        2026-03-09 !refuse_extension
        2026-03-09 ask_extension     => proposed=yes due=2026-03-30
        2026-03-09 !ask_extension
        2026-03-10 refuse_extension  => proposed=no
        2026-03-11 ask_extension     => proposed=yes
        2026-03-12 extend days=10    => proposed=no
        """,
        "registered due=2026-04-14 amber=2026-04-07 red=2026-04-10 late=2026-04-15 extended=yes",
    ),
    Path(
        "extended_while_the_draft_is_reviewed",
        "33",
        """
        2026-03-02 visit
        2026-03-29 decide
        2026-03-29 propose
        2026-03-30 extend days=5
        """,
        "review due=2026-04-07 amber=2026-03-30 red=2026-04-02 late=2026-04-08 extended=yes",
    ),
    Path(
        "an_extension_entered_by_mistake_is_taken_back",
        "33",
        """
        2026-03-02 visit
        2026-03-09 extend days=10
        2026-03-10 amend entry=extended void=1
        """,
        f"registered {FULL} extended=no",
    ),
)

#: Received on 2013-09-25: Sep 26 27, Sun 29, 30, Oct 8-11, Sat 12, 14-18, 21.
FULL_492 = "due=2013-10-21 amber=2013-10-14 red=2013-10-17 late=2013-10-22"

EARLIER = (
    Path(
        "fifteen_working_days_in_2013",
        "24",
        """
        2013-09-25 post
        2013-10-08 !!notify_fee basis=pages pages=100
        2013-10-08 !!ask_agency until=2013-10-18
        2013-10-08 !!ask_co_maker
        2013-10-08 !!extend days=16
        """,
        f"registered {FULL_492} letters=-",
        "492",
    ),
    Path(
        "extended_in_2013_on_the_last_day",
        "24",
        # Oct 22-25 28-31, Nov 1 4-8 11
        """
        2013-09-25 post
        2013-10-21 extend
        """,
        "registered due=2013-11-11 amber=2013-11-04 red=2013-11-07 late=2013-11-12 extended=yes",
        "492",
    ),
    Path(
        "third_party_silent_in_2013_has_no_term",
        "23, 24",
        """
        2013-09-25 post
        2013-09-27 ask_third_party
        2013-12-02 decide as=given
        2013-12-02 !propose
        """,
        "registered due=- waits=third_party until=- late=never",
        "492",
    ),
    Path(
        "third_party_answers_in_2013",
        "23, 24",
        # Sun Sep 29, 30, Oct 8-10 left out: Sep 26 27, Oct 11 12 14-18 21-25 28
        """
        2013-09-25 post
        2013-09-27 ask_third_party
        2013-10-10 third_party_answered opinion=agrees
        """,
        "registered due=2013-10-28 amber=2013-10-21 red=2013-10-24 late=2013-10-29",
        "492",
    ),
    Path(
        "amended_in_2013",
        "21(4), 24",
        # Oct 17 18 21-25 28-31, Nov 1 4-6; no term for asking, so Oct 15 is as good as any day
        """
        2013-09-25 post
        2013-10-15 ask_correction until=2013-10-31  => waits=correction until=2013-10-31
        2013-10-16 correct
        """,
        "registered due=2013-11-06 amber=2013-10-30 red=2013-11-04 late=2013-11-07",
        "492",
    ),
    Path(
        "no_reasonable_delay_in_2013",
        "24",
        """
        2013-09-25 post
        2013-09-26 ask_reasons until=2013-10-08
        2013-09-27 give_reasons
        2013-10-08 !!delay until=2013-12-31
        """,
        f"registered {FULL_492}",
        "492",
    ),
    Path(
        "received_on_the_last_day_of_492",
        "24",
        # May 15-17 20-24 27-31, Jun 3 4
        "2019-05-14 visit",
        "registered due=2019-06-04 amber=2019-05-28 red=2019-05-31 late=2019-06-05",
        "492",
    ),
    Path(
        "received_on_the_first_day_of_711",
        "33",
        # May 16 17 20-24 27-31, Jun 3-6 (7 off) 10-13
        "2019-05-15 visit",
        "registered due=2019-06-13 amber=2019-06-05 red=2019-06-11 late=2019-06-14",
    ),
)

PATHS = THIRD_PARTIES + AGENCIES + EXTENSIONS + EARLIER
