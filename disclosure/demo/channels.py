"""Where some of the demonstration's publications also appeared."""

import datetime as dt

from disclosure.channels import actions
from disclosure.channels.models import Appearance
from disclosure.core.dates import legal_day, today
from disclosure.publications.models import Publication

#: Index number, channel, days after its publication, reference, note on the proof.
APPEARANCES: tuple[tuple[str, str, int, str, str], ...] = (
    ("LNRF/2023-00006", "gazette", 20, "省政府公报（演示）2023年第8期，第12页", ""),
    ("LNRF/2023-00006", "library", 25, "省图书馆政府信息查阅点（演示）", "移交清单存秘书处"),
    ("LNRF/2023-00006", "archive", 25, "省档案馆查阅中心（演示）", "移交清单存秘书处"),
    ("LNRF/2025-00010", "press", 0, "新闻发布会（演示）", "会议通知存秘书处"),
    ("LNRF/2025-00010", "social", 0, "微信公众号（演示）", ""),
    ("SYRF/2025-00015", "newspaper", 0, "示例日报（演示）第3版", "剪报存综合科"),
    ("SYRF/2025-00015", "screen", 1, "政务服务中心大厅电子屏（演示）", "照片存综合科"),
    ("JZRF/2019-00006", "notice_board", 0, "各街道公告栏（演示）", ""),
)


def load_appearances() -> int:
    """Add the appearances that are missing; how many."""
    numbers = {number for number, *_rest in APPEARANCES}
    items = {
        one.index_number: one
        for one in Publication.objects.filter(
            is_demo=True, index_number__in=numbers, published_at__isnull=False, state="published"
        )
    }
    known = set(
        Appearance.objects.filter(publication__in=items.values()).values_list(
            "publication__index_number", "channel"
        )
    )
    added = 0
    for number, channel, days, reference, note in APPEARANCES:
        item = items.get(number)
        if item is None or item.published_at is None or (number, channel) in known:
            continue
        day = legal_day(item.published_at) + dt.timedelta(days=days)
        row = Appearance(
            publication=item,
            channel=channel,
            on=min(day, today()),
            reference=reference,
            note=note,
            is_demo=True,
        )
        actions.record_appearance(actor=None, appearance=row)
        added += 1
    return added
