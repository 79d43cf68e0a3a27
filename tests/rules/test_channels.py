"""A cell of channels and media: boxes, lists, words that nobody declared; read as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.channels.table import CHANNELS, read_cell, tidy, write_cell

CUSTOMARY = """\
■政府网站 □政府公报
■两微一端 □发布会/听证会
□广播电视 □纸质媒体
■公开查阅点 ■政务服务中心
□便民服务站 □入户/现场
■社区/企事业单位/村公示栏（电子屏）
□精准推送 □其他"""


@pytest.mark.parametrize(
    ("cell", "keys", "beside"),
    [
        (
            CUSTOMARY,
            ["website", "social", "reading_point", "service_hall", "notice_board"],
            "",
        ),
        ("政府网站、微信、微博", ["website", "social"], ""),
        ("社区/企事业单位、村公示栏（电子屏）", ["notice_board"], ""),
        ("政府网站√ 政府公报□ 两微一端√", ["website", "social"], ""),
        ("□政府网站 □政府公报", [], ""),
        ("■其他：触摸屏", ["other"], "其他：触摸屏"),
        ("■政府网站（县政府门户）", ["website"], "政府网站（县政府门户）"),
        ("大喇叭；电子屏", ["screen"], "大喇叭"),
        ("■政府\n网站", ["website"], ""),
        ("☑档案馆☐图书馆", ["archive"], ""),
        ("", [], ""),
    ],
)
def test_a_cell(cell: str, keys: list[str], beside: str) -> None:
    assert read_cell(cell) == (keys, beside)


@given(st.sets(st.sampled_from([*CHANNELS, "nothing"])), st.text(max_size=60))
def test_what_is_written_is_read_again(keys: set[str], beside: str) -> None:
    stored = tidy(keys, beside)
    assert read_cell(write_cell(*stored)) == stored
    assert keys - {"nothing"} <= set(stored[0])


def test_the_names_are_the_channels_own() -> None:
    for key, channel in CHANNELS.items():
        for word in (channel.name, *channel.words):
            assert read_cell(word) == ([key], ""), word
