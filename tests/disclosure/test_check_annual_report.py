"""`manage.py check_annual_report`: exit codes and lines, as the contract has them."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from disclosure.reports.tables.forms import FORM_2021, FORMS
from tests.report_tables import broken, consistent


def checked(tmp_path: Path, data: Any, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    path = tmp_path / "report.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    code = 0
    try:
        call_command("check_annual_report", str(path))
    except CommandError as error:
        code = error.returncode
    return code, capsys.readouterr().out.splitlines()


def report(form: str, tables: Any, **more: Any) -> dict[str, Any]:
    data = {"format": 1, "agency": "甲市", "year": 2024, "sections": {}, "tables": tables}
    return data | ({} if form == "2021" else {"form": form}) | more


@pytest.mark.parametrize("form", FORMS)
def test_nothing_wrong(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = report(form, consistent(FORMS[form]))
    assert checked(tmp_path, data, capsys) == (0, ["各表勾稽关系成立。"])


@pytest.mark.parametrize(
    ("form", "identity"),
    [(form.key, one.key) for form in FORMS.values() for one in form.identities],
)
def test_a_line_for_each_identity_that_does_not_hold(
    form: str, identity: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables, before = broken(FORMS[form], identity)
    for previous in (before, {"tables": before}):
        code, lines = checked(tmp_path, report(form, tables, previous=previous), capsys)
        is_warning = identity in ("in_force", "items")
        assert code == (0 if is_warning else 1)
        label = next(one.label.zh for one in FORMS[form].identities if one.key == identity)
        assert all(label in line for line in lines if "各表" not in line)
        assert all(line.startswith("提示：") == is_warning for line in lines if "各表" not in line)


def test_the_place_the_expected_and_the_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = consistent(FORM_2021)
    tables["remedies"]["reconsideration"] = [1, 2, 3, 4, 9]
    code, lines = checked(tmp_path, report("2021", tables), capsys)
    assert (code, lines) == (
        1,
        [
            (
                "政府信息公开行政复议、行政诉讼情况－行政复议－总计：应为10，实为9"
                "（总计＝维持＋纠正＋其他＋尚未审结）。 [remedies.reconsideration.total]"
            )
        ],
    )
    with override("en"):
        _code, [line] = checked(tmp_path, report("2021", tables), capsys)
    assert line == (
        "Reconsideration and litigation – Administrative reconsideration – Total: Expected 10,"
        " found 9 (total = upheld + corrected + other + pending). [remedies.reconsideration.total]"
    )


def test_warnings_alone_leave_exit_code_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = consistent(FORM_2021)
    del tables["proactive"]
    tables["remedies"]["litigation_direct"] = [None, "NA", 0, 0, 0]
    code, lines = checked(tmp_path, report("2021", tables), capsys)
    assert code == 0
    assert [line.rpartition("[")[2] for line in lines[:-1]] == [
        "proactive]",
        "remedies.litigation_direct.upheld]",
        "remedies.litigation_direct.corrected]",
    ]


@pytest.mark.parametrize("cell", [-1, 2.5, "3", "十", True, [], {"a": 1}, 10**300, "x" * 5000])
def test_what_a_cell_may_not_hold(
    cell: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = consistent(FORM_2021)
    tables["requests"]["granted"][1] = cell
    code, lines = checked(tmp_path, report("2021", tables), capsys)
    assert code == 1
    assert lines[0].endswith("[requests.granted.enterprise]")
    assert max(map(len, lines)) < 200


@pytest.mark.parametrize(
    "text",
    [
        "",
        "年报",
        "[]",
        "3",
        "null",
        '{"format": 1}',
        '{"format": 1, "sections": {}, "form": "2021"}',
        '{"format": 2, "tables": {}}',
        '{"format": true, "tables": {}}',
        '{"format": "1", "tables": {}}',
        '{"tables": {}}',
        '{"format": 1, "form": "free", "tables": {}}',
        '{"format": 1, "form": "2022", "tables": {}}',
        '{"format": 1, "form": [], "tables": {}}',
        '{"format": 1, "tables": {"requests": {"new": [NaN]}}}',
        '{"format": 1, "tables": ' + "[" * 100_000,
    ],
)
def test_what_is_no_such_report(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(tmp_path, text, capsys) == (2, [])


@pytest.mark.parametrize("tables", [[], 3, None, "x"])
def test_tables_that_are_none(
    tables: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = checked(tmp_path, report("2021", tables), capsys)
    assert (code, len(lines)) == (1, 1)


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError) as error:
        call_command("check_annual_report", "/nowhere/report.json")
    assert error.value.returncode == 2
