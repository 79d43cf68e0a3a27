"""The one form in which texts are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.search.folding import fold, fold_with_map


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３（甲），：", "abc123(甲),:"),
        ("政府信息公開條例", "政府信息公开条例"),
        ("臺灣瞭解著作權", "台湾了解着作权"),
        ("⼈⺠防空", "人民防空"),  # radicals, as PDF files of some systems have them
        ("羅\uf914", "罗乐"),  # compatibility forms
        ("二〇一三年", "2013年"),
        ("二零一三年", "2013年"),
        ("二○一三年", "2013年"),
        ("二0一三年", "2013年"),
        ("一三", "一三"),
        ("一二三", "一二三"),
        ("一九九〇年代", "1990年代"),
        ("第一百〇五条", "第一百零五条"),
        ("第一百○五条", "第一百零五条"),
        ("○关于张○○", "○关于张○○"),
        ("①2013年⑩㈠", "(1)2013年(10)(一)"),
        ("㎡ ℃", "m2 °c"),
        ("Résumé Xìnxī İ ß", "resume xinxi i ss"),
        ("信\u00ad息\u200b公\ufeff开\ufe0f", "信息公开"),
        ("٢٠١٣ ", "2013 "),
        ("甲\u3000乙\t丙\r\n丁\u2028戊", "甲 乙 丙 \n丁\n戊"),
        ("が か\u3099", "が か\u3099"),
        ("\x00\ud800", "\x00\ud800"),
        ("", ""),
    ],
)
def test_texts_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


HARD = st.text() | st.text("一二九十百零〇○0１2①瞭臺㎡⺠é\u0301\u200b ", max_size=30)


@given(HARD)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(HARD)
def test_places_lead_back_to_the_text(text: str) -> None:
    folded, places = fold_with_map(text)
    assert folded == fold(text)
    assert len(places) == len(folded) + 1
    assert places[-1] == len(text)
    assert list(places) == sorted(places)
    for place, character in zip(places, folded, strict=False):
        # Numbers are folded with what stands around them, the rest one by one.
        assert character in "0123456789零" or character in fold(text[place])
