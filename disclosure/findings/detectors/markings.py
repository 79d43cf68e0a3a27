"""Secrecy markings (密级标志) and notes on how a paper is to be handled; no talk of them."""

import re
from collections.abc import Iterator

from disclosure.findings.detectors.kinds import Hit
from disclosure.findings.detectors.unseen import through_unseen

_LEVEL = r"(?:绝[ \u3000]{0,4}密|机[ \u3000]{0,4}密|秘[ \u3000]{0,4}密)"
_TERM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[ \u3000]?(?:年|个月)|长期"
_MARKING = re.compile(
    rf"{_LEVEL}级?[ \u3000]*(?:[★☆]|[*＊][ \u3000]*(?:{_TERM}))(?:[ \u3000]*(?:{_TERM}))?"
    rf"|密[ \u3000]?级[ \u3000]*[：:][ \u3000]*{_LEVEL}"
    rf"|[【\[〔（(][ \u3000]*{_LEVEL}级?[ \u3000]*[】\]〕）)]"
    rf"|^[ \t\u3000]*{_LEVEL}级?(?:[ \t\u3000]*(?:{_TERM}))?[ \t\u3000]*$",
    re.MULTILINE,
)
_NOTE = re.compile(
    r"内部(?:资料|文件|材料|参考|使用|刊物|掌握)|仅[供限]内部|[会阅用]后(?:请)?(?:收回|归还|销毁)"
    r"|(?:请勿|不得|严禁|切勿|禁止)(?:外传|对外提供|转发外传)|注意(?:保存|保密)(?![\u4e00-\u9fff])"
)
_CLOSED = re.compile(
    r"(?:此件|本件|本文件?|该件|该文件|公开方式|公开属性|公开选项|公开类别|信息公开形式)"
    r"[ \u3000]*(?:为|属|是|[：:])?[ \u3000]*(?:不予公开|不得公开|不公开|依申请公开)"
    r"|[【\[][ \u3000]*(?:不予公开|不得公开|不公开)[ \u3000]*[】\]]"
)
#: A line that says something about notes is no note.
_TALK = re.compile(r"的|应当|规定|情形|理由|范围|标明|注明|字样|必须标|按照|未经|确需|一般")
_SHORT = 26


@through_unseen
def secrecy_markings(text: str) -> Iterator[Hit]:
    """绝密, 机密, 秘密 as a marking: with a star, in brackets, or alone on its line."""
    for found in _MARKING.finditer(text):
        start = found.start() + len(found[0]) - len(found[0].lstrip(" \t\u3000"))
        yield Hit(start, start + len(found[0].strip(" \t\u3000")))


@through_unseen
def handling_notes(text: str) -> Iterator[Hit]:
    """内部资料, 会后收回, 此件不予公开 and the like, standing as a note."""
    for found in _NOTE.finditer(text):
        if _is_note(text, found):
            yield Hit(found.start(), found.end())
    for found in _CLOSED.finditer(text):
        yield Hit(found.start(), found.end())


@through_unseen
def notes_in_text(text: str) -> Iterator[Hit]:
    """The same words within a sentence."""
    for found in _NOTE.finditer(text):
        if found[0] != "注意保存" and not _is_note(text, found):
            yield Hit(found.start(), found.end())


def _is_note(text: str, found: re.Match[str]) -> bool:
    """Whether it stands in a short line or in brackets, and nothing is said about it."""
    start, end = found.span()
    line_start = text.rfind("\n", max(0, start - _SHORT - 1), start) + 1
    line_end = text.find("\n", end, end + _SHORT + 1)
    line = text[line_start : line_end if line_end >= 0 else end + _SHORT + 1]
    is_line = (line_start or start <= _SHORT) and len(line.strip()) <= _SHORT
    if is_line and not _TALK.search(line) and "。" not in line.strip().rstrip("。"):
        return True
    before, after = text[max(0, start - 12) : start], text[end : end + 12]
    opening = re.search(r"[（(【\[][^）)】\]\n]*$", before)
    closing = re.match(r"[^（(【\[\n]*[）)】\]]", after)
    return bool(opening and closing and not _TALK.search(opening[0] + closing[0]))
