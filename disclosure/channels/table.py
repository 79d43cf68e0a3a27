"""The one table of channels and media (公开渠道和载体), and how a cell that lists them
is read. Pure.

In the customary table of a standard catalogue a cell lists them all, each behind a box: ■ chosen,
□ not. A cell without boxes lists only those that are chosen.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Channel:
    """A channel: `name` as the customary table writes it, `words` as others do."""

    key: str
    label: str | Promise
    name: str
    words: tuple[str, ...] = ()
    article: str = ""


WEBSITE = "website"
OTHER = "other"
CHANNELS: dict[str, Channel] = {
    one.key: one
    for one in (
        Channel(WEBSITE, _("Website"), "政府网站", ("门户网站", "政府门户网站", "网站"), "23, 24"),
        Channel("gazette", _("Government gazette"), "政府公报", ("公报",), "23"),
        Channel(
            "social",
            _("Official account or app (WeChat, Weibo)"),
            "两微一端",
            ("微信", "微博", "微信公众号", "公众号", "政务新媒体", "客户端", "移动客户端"),
            "23",
        ),
        Channel(
            "press",
            _("Press conference or hearing"),
            "发布会/听证会",
            ("发布会", "新闻发布会", "听证会"),
            "23",
        ),
        Channel("broadcast", _("Radio or television"), "广播电视", ("广播", "电视"), "23"),
        Channel("newspaper", _("Newspaper or journal"), "纸质媒体", ("报纸", "报刊"), "23"),
        Channel(
            "reading_point", _("Public reading point"), "公开查阅点", ("查阅点", "公共查阅点"), "25"
        ),
        Channel("archive", _("State archive"), "国家档案馆", ("档案馆",), "25"),
        Channel("library", _("Public library"), "公共图书馆", ("图书馆",), "25"),
        Channel(
            "service_hall",
            _("Government service hall"),
            "政务服务中心",
            ("政务服务大厅", "政务服务场所", "行政服务中心", "办事大厅"),
            "25",
        ),
        Channel("service_station", _("Local service station"), "便民服务站", ("便民服务点",), "25"),
        Channel("household", _("Visit or on the spot"), "入户/现场", ("入户", "现场")),
        Channel(
            "notice_board",
            _("Notice board of a community, enterprise or village"),
            "社区/企事业单位/村公示栏（电子屏）",
            ("公示栏", "公告栏", "村务公开栏", "信息公告栏"),
            "25",
        ),
        Channel("screen", _("Electronic screen"), "电子信息屏", ("电子屏", "电子显示屏"), "25"),
        Channel("push", _("Targeted message"), "精准推送"),
        Channel("email", _("E-mail list"), "邮件订阅", ("邮件列表",)),
        Channel(OTHER, _("Other"), "其他"),
    )
}
#: For a form's field.
CHOICES: list[tuple[str, str | Promise]] = [(one.key, one.label) for one in CHANNELS.values()]

_CHOSEN, _LEFT = "■☑√✓✔●▣◼☒", "□☐○▢◻"
_BOX = re.compile(f"([{_CHOSEN}{_LEFT}])")
_PARTED = re.compile(r"[\n;；,，、]+")


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


_BY_WORD = {_plain(word): one.key for one in CHANNELS.values() for word in (one.name, *one.words)}
_LONGEST_FIRST = sorted(_BY_WORD, key=len, reverse=True)


def read_cell(cell: str) -> tuple[list[str], str]:
    """The keys that a cell names, in the table's order, and what else it says, a line each.

    A line that begins with a channel and goes on (政府网站（县政府门户）) names it and is kept.
    """
    keys: set[str] = set()
    beside: list[str] = []
    for segment in _segments(cell):
        text = " ".join(segment.split()).strip("：: _＿")
        plain = _plain(text)
        if not plain:
            continue
        start = next((word for word in _LONGEST_FIRST if plain.startswith(word)), None)
        if start is not None:
            keys.add(_BY_WORD[start])
        if plain != start and text not in beside:
            beside.append(text)
    return [key for key in CHANNELS if key in keys], "\n".join(beside)


def _segments(cell: str) -> list[str]:
    """What is chosen in the cell, each by itself."""
    parts = _BOX.split(cell)
    if len(parts) == 1:
        return _PARTED.split(cell.replace("单位、村", "单位/村"))
    before, after = parts[0].strip(), parts[-1].strip()
    if before and not after:  # the boxes stand behind the names
        pairs = list(zip(parts[1::2], parts[0::2], strict=False))
    else:
        pairs = [(_CHOSEN[0], before), *zip(parts[1::2], parts[2::2], strict=True)]
    return [text for box, text in pairs if box in _CHOSEN]


def write_cell(keys: Iterable[str], beside: str) -> str:
    """The cell as the customary table has it; `read_cell` gives the same back."""
    lines = [line for line in beside.splitlines() if line.strip()]
    said = {key for line in lines for key in read_cell(f"■{line}")[0]}
    chosen = set(keys)
    named = [one.name for key, one in CHANNELS.items() if key in chosen - said]
    return "\n".join(f"■{text}" for text in (*named, *lines))


def tidy(keys: Iterable[str], beside: str) -> tuple[list[str], str]:
    """What was chosen and typed, as a cell with the same would be read."""
    found, text = read_cell(write_cell([key for key in keys if key in CHANNELS], beside))
    return found, text


def names(keys: Iterable[str]) -> list[str | Promise]:
    """The labels of `keys`, in the table's order."""
    chosen = set(keys)
    return [one.label for key, one in CHANNELS.items() if key in chosen]
