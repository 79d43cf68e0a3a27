"""Articles of the Regulation as a reader cites them."""

from django.utils.translation import get_language, gettext

from disclosure.core.articles import in_chinese


def cite(article: str | None) -> str:
    """`11, 36(4)` as the reader cites it (第十一条、第三十六条第（四）项); empty for none."""
    if not article:
        return ""
    listed = article.split(", ")
    if (get_language() or "").startswith("zh"):
        return "、".join(in_chinese(each) for each in listed)
    return ", ".join(gettext("Art. %(number)s") % {"number": number} for number in listed)
