"""Rich text: only sanitised HTML is stored (nh3), whatever way it came in."""

import html
import re

import nh3

from disclosure.core.nesting import flattened

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "strong", "b", "em", "i", "u", "s", "sub", "sup"),
    *("ul", "ol", "li", "blockquote", "pre", "dl", "dt", "dd", "a", "span"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
    "col": {"span"},
}
_CLASSES = {"p": {"no-indent", "centre", "right"}}
_LOOKS_LIKE_HTML = re.compile(r"\s*<[a-zA-Z!/]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PLAIN_HEADING = re.compile(r"(#{1,4})[ \t\u3000]+(\S[^\n]*)")


def sanitise(value: str) -> str:
    """`value` with nothing left that runs, loads, styles or breaks the page's outline (h1);
    control characters, which no text needs and no database takes, are left out."""
    value = _CONTROL.sub("", value)
    value = re.sub(r"<(/?)h1\b", r"<\1h2", value, flags=re.IGNORECASE)
    cleaned = nh3.clean(
        flattened(value),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    # A parser drops the first line break of each <pre>: without them sanitising is idempotent.
    return re.sub(r"<pre>\n+", "<pre>", cleaned).strip()


def from_plain(text: str) -> str:
    """Plain text as paragraphs: a blank line parts them, a single line break is kept.

    A paragraph of one line that begins with `#` to `####` is a heading.
    """
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(_block(part.strip()) for part in paragraphs if part.strip())


def _block(text: str) -> str:
    heading = _PLAIN_HEADING.fullmatch(text)
    if heading:
        tag = f"h{max(len(heading.group(1)), 2)}"
        return f"<{tag}>{html.escape(heading.group(2), quote=False)}</{tag}>"
    return "<p>{}</p>".format(html.escape(text, quote=False).replace("\n", "<br>"))


def from_either(value: str) -> str:
    """HTML where `value` begins with a tag, else plain text; sanitised both times."""
    return sanitise(value if looks_like_html(value) else from_plain(value))


def looks_like_html(value: str) -> bool:
    """Whether `value` begins with a tag, and so is taken for HTML."""
    return bool(_LOOKS_LIKE_HTML.match(value))


def as_html_source(value: str) -> str:
    """Sanitised HTML so written that `from_either` takes it for HTML and gives it back."""
    return value if not value or _LOOKS_LIKE_HTML.match(value) else f"<!---->{value}"


def to_plain(value: str) -> str:
    """The text of sanitised HTML on one line a block, for search and summaries."""
    value = re.sub(r"<(?:br|/p|/h\d|/li|/tr|/div|/dt|/dd)\b[^<>]*>", "\n", value)
    text = html.unescape(nh3.clean(flattened(value), tags=set()))
    lines = (line.lstrip().rstrip(" \t\u3000") for line in text.split("\n"))
    return "\n".join(line for line in lines if line).strip()
