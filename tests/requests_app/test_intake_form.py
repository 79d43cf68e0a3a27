"""The request form's rules: what is required when, what is refused and how it is said."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from disclosure.core.dates import today
from disclosure.models import Agency
from requests_app import policies
from requests_app.intake.fields import askable_agencies
from requests_app.intake.forms import RequestForm
from tests.factories import make_agency
from tests.intake import CREDIT_CODE, NATURAL, ORGANISATION

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _agency_in_english() -> Any:
    make_agency("SL", name="示例省办公室")
    with translation.override("en"):
        yield


def form_with(base: dict[str, str], **changes: str | None) -> RequestForm:
    given = {**base, **changes}
    return RequestForm({key: value for key, value in given.items() if value is not None})


def wrong(base: dict[str, str], **changes: str | None) -> set[str]:
    """The fields with an error."""
    return set(form_with(base, **changes).errors)


def test_both_complete_forms_are_valid() -> None:
    assert form_with(NATURAL).errors == {}
    assert form_with(ORGANISATION).errors == {}


@pytest.mark.parametrize(
    ("base", "missing", "named"),
    [
        (NATURAL, "applicant_kind", {"applicant_kind"}),
        (NATURAL, "name", {"name"}),
        (NATURAL, "id_type", {"id_type"}),
        (NATURAL, "id_number", {"id_number"}),
        (NATURAL, "phone", {"phone"}),
        (NATURAL, "agency", {"agency"}),
        (NATURAL, "information_name", {"information_name"}),
        (NATURAL, "form", {"form"}),
        (NATURAL, "channel", {"channel"}),
        (NATURAL, "declaration", {"declaration"}),
        (NATURAL, "submission_token", set()),
        (ORGANISATION, "organisation_code", {"organisation_code"}),
        (ORGANISATION, "name", {"name"}),
    ],
)
def test_what_is_missing_is_named(base: dict[str, str], missing: str, named: set[str]) -> None:
    assert wrong(base, **{missing: None}) == named
    if missing != "declaration":  # A box is ticked or not.
        assert wrong(base, **{missing: " \u3000 "}) == named


@pytest.mark.parametrize(
    "kind", ["enterprise", "research", "social_welfare", "legal_service", "other"]
)
def test_every_organisation_gives_its_code_and_no_identity_document(kind: str) -> None:
    assert wrong(ORGANISATION, applicant_kind=kind) == set()
    assert wrong(ORGANISATION, applicant_kind=kind, organisation_code="") == {"organisation_code"}


@pytest.mark.parametrize(
    ("channel", "given", "named"),
    [
        ("mail", {"postal_address": "示例市示例路 1 号"}, set()),
        ("mail", {"phone": "13800000000", "email": "a@example.invalid"}, {"postal_address"}),
        ("email", {"email": "a@example.invalid"}, set()),
        ("email", {"phone": "13800000000"}, {"email"}),
        ("online", {"phone": "13800000000"}, set()),
        ("online", {"email": "a@example.invalid"}, set()),
        ("online", {"postal_address": "示例市示例路 1 号"}, set()),
        ("online", {}, {"phone"}),
        ("in_person", {"postal_address": "示例市示例路 1 号"}, set()),
        ("in_person", {}, {"phone"}),
        # A contact given wrongly is said once, as what it is.
        ("online", {"phone": "12"}, {"phone"}),
        ("email", {"email": "nobody"}, {"email"}),
    ],
)
def test_the_channel_decides_which_contact_is_needed(
    channel: str, given: dict[str, str], named: set[str]
) -> None:
    form = form_with(NATURAL, **{"phone": None, "channel": channel, **given})
    assert set(form.errors) == named
    assert all(len(errors) == 1 for errors in form.errors.values())


def test_a_name_or_features_are_enough() -> None:
    assert wrong(NATURAL, information_name=None, description="去年的验收名单") == set()
    assert wrong(NATURAL, information_name=None, description="\n \n") == {"information_name"}


def test_what_the_other_kind_gives_is_neither_judged_nor_kept() -> None:
    person = form_with(NATURAL, organisation_code="nonsense", representative="示例乙\x07")
    assert person.is_valid(), person.errors
    assert person.submission().applicant.organisation_code == ""
    assert person.submission().applicant.representative == ""
    organisation = form_with(ORGANISATION, id_type="resident_id", id_number="nonsense")
    assert organisation.is_valid(), organisation.errors
    assert organisation.submission().applicant.id_number == ""


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("990101199001011231", "check digit"),
        ("12345", "17 digits"),
        ("990101199013011238", "does not exist"),
    ],
)
def test_resident_ids_are_checked(number: str, message: str) -> None:
    form = form_with(NATURAL, id_number=number)
    assert message in " ".join(form.errors["id_number"])


def test_a_birthday_in_the_future_is_absurd() -> None:
    tomorrow = today() + dt.timedelta(days=1)
    form = form_with(NATURAL, id_number=f"990101{tomorrow:%Y%m%d}1234")
    assert "not possible" in " ".join(form.errors["id_number"])


def test_other_papers_are_not_held_to_the_resident_id() -> None:
    for id_type in ("passport", "residence_permit", "foreign_permanent_residence", "other"):
        assert wrong(NATURAL, id_type=id_type, id_number="E12345678") == set()


def test_numbers_are_normalised() -> None:
    form = form_with(NATURAL, id_number="９９０１０１ 19900101-1230")
    assert form.is_valid()
    assert form.submission().applicant.id_number == NATURAL["id_number"]
    form = form_with(ORGANISATION, organisation_code=CREDIT_CODE.lower())
    assert form.is_valid()
    assert form.submission().applicant.organisation_code == CREDIT_CODE


def test_a_wrong_credit_code() -> None:
    assert wrong(ORGANISATION, organisation_code=CREDIT_CODE[:-1] + "0") == {"organisation_code"}


@pytest.mark.parametrize(
    "name",
    ["name", "id_number", "phone", "email", "postal_address", "information_name", "description"],
)
@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b"])
def test_control_characters_are_refused_in_words(name: str, char: str) -> None:
    form = form_with(NATURAL, **{name: f"示例{char}甲"})
    (message,) = form.errors[name]
    assert message.startswith("This contains characters that cannot be shown")


@pytest.mark.parametrize("name", ["applicant_kind", "id_type", "agency", "form", "channel"])
@pytest.mark.parametrize("value", ["\x00", "nonsense", "𠮷" * 500])
def test_a_forged_choice_is_refused(name: str, value: str) -> None:
    assert name in wrong(NATURAL, **{name: value})


def test_four_byte_characters_are_kept_everywhere() -> None:
    form = form_with(
        NATURAL,
        name="𠮷田甲",
        postal_address="示例市𠮷祥路 1 号",
        information_name="𠮷祥工程",
        document_number="示𠮷〔2026〕1 号",
        description="𠮷" * 4000,
    )
    assert form.is_valid(), form.errors
    assert form.submission().applicant.name == "𠮷田甲"
    assert form.submission().description == "𠮷" * 4000


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("name", 100),
        ("postal_address", 200),
        ("information_name", 300),
        ("document_number", 100),
        ("description", 4000),
    ],
)
def test_too_much_is_said_with_both_counts(name: str, most: int) -> None:
    assert wrong(NATURAL, **{name: "字" * most}) == set()
    form = form_with(NATURAL, **{name: "字" * (most + 3)})
    assert form.errors[name] == [
        f"At most {most} characters are possible here; you have {most + 3}."
    ]
    assert "maxlength" not in str(form[name]), "a browser would cut the text off silently"


def test_only_agencies_that_can_be_asked_are_offered() -> None:
    make_agency("OLD", is_active=False)
    make_agency("INNER", accepts_requests=False)
    make_agency("HOSP", kind="public_body")
    offered = {agency.code for agency in askable_agencies()}
    assert offered == {"SL"}
    assert offered == {a.code for a in Agency.objects.all() if not policies.why_not_ask(a)}
    options = str(RequestForm()["agency"])
    assert "SL" in options
    assert "HOSP" not in options
    assert form_with(NATURAL, agency="OLD").errors["agency"] == [
        "This agency does not take requests."
    ]
    assert "rules of its own" in form_with(NATURAL, agency="HOSP").errors["agency"][0]
    assert "not known" in form_with(NATURAL, agency="NONE").errors["agency"][0]


def test_the_tree_shows_in_the_list_and_chinese_names_say_so() -> None:
    province = Agency.objects.get(code="SL")
    make_agency("CITY", name="甲市办公室", under=province)
    make_agency("EN", name="乙市办公室", name_en="City B Office", under=province)
    options = str(RequestForm()["agency"])
    assert '<option value="CITY" lang="zh-Hans">\u3000甲市办公室</option>' in options
    assert '<option value="EN">\u3000City B Office</option>' in options


def test_answers_give_the_same_form_again() -> None:
    form = form_with(
        ORGANISATION,
        name=" 示例\u3000有限公司 ",
        description="一\r\n\r\n二",
        phone="１３８００００００００",
    )
    assert form.is_valid()
    again = RequestForm(dict(form.answers()))
    assert again.is_valid()
    assert again.submission() == form.submission()
    assert again.answers() == form.answers()


def test_every_field_has_a_label_and_the_contracts_name() -> None:
    assert list(RequestForm.base_fields) == [
        *("applicant_kind", "name", "id_type", "id_number", "organisation_code", "representative"),
        *("phone", "email", "postal_address", "agent_name", "agent_relation", "co_applicants"),
        *("agency", "information_name", "document_number"),
        *("description", "attachments", "form", "channel", "declaration"),
    ]
    assert all(field.label for field in RequestForm.base_fields.values())
