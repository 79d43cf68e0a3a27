"""Letters for tests: one with every part, and what to change about it."""

import datetime
from typing import Any

from requests_app.letters.document import Document, Heading, ListItem, Paragraph, Table

REMEDY = (
    "如对本答复不服，可以自收到本答复书之日起60日内向示例市人民政府申请行政复议，"
    "或者自收到本答复书之日起6个月内向示例市铁路运输法院提起行政诉讼。"
)


def make_letter(**changes: Any) -> Document:
    """A letter with every part (a rare name too: 䶮 is in no GB 2312, 𠮷 is beyond 16 bits)."""
    values: dict[str, Any] = {
        "letterhead": "示例市自然资源和规划局",
        "title": "政府信息公开申请答复书",
        "number": "示自然资公开〔2026〕答3号",
        "addressee": "张䶮𠮷",
        "blocks": (
            Paragraph("本机关于2026年2月10日收到你提出的政府信息公开申请，申请公开“出让合同”。"),
            Heading("一、关于出让合同"),
            ListItem("（一）", "合同正文予以公开。"),
            Table((("序号", "材料名称"), ("1", "出让合同"), ("2", "批复"))),
            Paragraph(REMEDY),
        ),
        "enclosures": ("出让合同（复印件）", "政府信息移送明细表"),
        "signature": "示例市自然资源和规划局",
        "date": datetime.date(2026, 3, 16),
        "contact": "联系人：李明，电话：010-12345678",
        "copies_to": ("示例市人民政府办公室", "示例市司法局"),
        "verify_url": "https://xxgk.example.gov.cn/verify/7K3M-9QWE",
        "verify_code": "7K3M-9QWE",
    }
    return Document(**(values | changes))


def squeezed(text: str) -> str:
    """Without blanks and line ends, which a rendering sets as the page wants."""
    return "".join(text.split())
