"""The fonts inside a PDF, cut down to what it uses.

WeasyPrint keeps an empty place for each of a Chinese font's 65,000 glyphs: 400 KB a file, in
which 50 KB are used. A CFF font with CIDs can leave the empty places out, because its glyphs are
found by their CID and not by their place.
"""

import io
from collections import defaultdict
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont


def shrink(fonts: list[Any], pdf: Any) -> None:
    """Cut the embedded CFF fonts of `pdf` (pydyf) down; `fonts` are WeasyPrint's."""
    used: defaultdict[str, set[int]] = defaultdict(set)
    for font in fonts:
        used[font.hash].update(font.to_unicode)
    of_file = {id(font.file_content): used[font.hash] for font in fonts}
    for stream in pdf.objects:
        extra = getattr(stream, "extra", None)
        if not extra or extra.get("Subtype") != "/OpenType":
            continue
        glyphs = of_file.get(id(stream.stream[0]))
        if glyphs and (cff := _cff(stream.stream[0], glyphs)):
            stream.stream = [cff]
            extra["Subtype"] = "/CIDFontType0C"


def _cff(font_file: bytes, glyphs: set[int]) -> bytes | None:
    """The CFF table with only `glyphs`, each under its old number as its CID; None where the
    font has other CIDs and must stay as it is."""
    font = TTFont(io.BytesIO(font_file), lazy=True)
    if not hasattr(font["CFF "].cff.topDictIndex[0], "ROS"):
        return None
    options = subset.Options(notdef_outline=True, hinting=False, drop_tables=["vmtx", "VORG"])
    cutter = subset.Subsetter(options)
    cutter.populate(gids=sorted(glyphs))
    cutter.subset(font)
    if set(font.getGlyphOrder()) != {".notdef", *(f"cid{glyph:05d}" for glyph in glyphs - {0})}:
        return None
    saved = io.BytesIO()
    font.save(saved)
    cff: bytes = TTFont(io.BytesIO(saved.getvalue())).reader["CFF "]
    return cff
