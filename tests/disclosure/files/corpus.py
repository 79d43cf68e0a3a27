"""The corpus: every file that the tests know, with what must be found in it, and what must not."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.disclosure.files import office_files as o
from tests.disclosure.files import other_files as x
from tests.disclosure.files import pdf_files as p
from tests.disclosure.files import picture_files as i
from tests.disclosure.files import sly_files as s


@dataclass(frozen=True)
class Case:
    """A file: its ending, how it is made, the kinds that are found in it, why it is refused, and
    the kinds that keep its copy from going out."""

    ending: str
    make: Callable[[], bytes]
    kinds: frozenset[str] = frozenset()
    refusal: str = ""
    held: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.make.__module__.rpartition('.')[2]}.{self.make.__name__}.{self.ending}"


def of(ending: str, make: Callable[[], bytes], *kinds: str, held: str = "") -> Case:
    return Case(ending, make, frozenset(kinds), held=frozenset(held.split()))


def refused(ending: str, make: Callable[[], bytes], why: str) -> Case:
    return Case(ending, make, refusal=why)


#: What python-docx writes of itself into everything that it makes.
_D = ("properties", "thumbnail", "custom_xml")
_X = ("properties",)
_P = ("properties", "thumbnail")

CORPUS = [
    # Clean: nothing is found, and the copy is the file itself.
    of("docx", o.word_clean),
    of("xlsx", o.sheet_clean),
    of("pptx", o.deck_clean),
    of("pdf", p.clean),
    of("pdf", p.white_on_dark),
    of("pdf", p.grounds_first),
    of("pdf", p.clipped_to_the_page),
    of("pdf", p.clipped_to_a_circle),
    of("pdf", p.red_on_green),
    of("pdf", p.under_a_seal),
    of("pdf", p.link),
    of("jpg", i.jpeg_clean),
    of("png", i.png_clean),
    of("txt", x.text),
    of("csv", x.text_gbk),
    of("zip", x.zip_clean),
    of("zip", x.zip_gbk_names),
    # Word
    of("docx", o.word_tracked, *_D, "tracked_changes"),
    of("docx", o.word_joined_paragraphs, *_D, "tracked_changes"),
    of("docx", o.word_comment, *_D, "comments"),
    of("docx", o.word_hidden_text, *_D, "hidden_text"),
    of("docx", o.word_hidden_by_style, *_D, "hidden_text"),
    of("docx", o.word_hidden_in_header, *_D, "hidden_text"),
    of("docx", o.word_white_text, *_D, "white_text"),
    of("docx", o.word_white_on_dark, *_D),
    of("docx", o.word_dark_grounds, *_D),
    of("docx", o.word_black_bar, *_D, "covered_text", held="covered_text"),
    of("docx", o.word_black_highlight, *_D, "covered_text", held="covered_text"),
    of("docx", o.word_tiny_text, *_D, "tiny_text"),
    of("docx", o.word_hidden_shape, *_D, "hidden_shape"),
    of("docx", o.word_embedded, *_D, "embedded"),
    of("docx", o.word_macros, *_D, "macros"),
    of("docx", o.word_template, *_D, "external_link"),
    of("docx", o.word_properties, *_D),
    of("docx", o.word_custom_xml, *_D),
    of("docx", o.word_picture_with_place, *_D, "place"),
    of("docx", o.word_unknown_part, *_D, "foreign_part"),
    of("docx", o.word_field_that_fetches, *_D, "external_link"),
    of("docx", s.word_remark, *_D),
    of("docx", s.word_unknown_names, *_D),
    of("docx", s.word_choice_that_nobody_takes, *_D),
    of("docx", s.word_field_of_a_program, *_D, "hidden_text"),
    of("docx", s.word_field_cut_in_two, *_D, "external_link"),
    of("docx", s.word_simple_field, *_D, "external_link"),
    of("docx", s.word_text_in_a_field, *_D, "hidden_text"),
    of("docx", s.word_link_to_a_disk, *_D, "external_link"),
    of("docx", s.word_choices, *_D, "form"),
    of("docx", s.word_hidden_row, *_D, "hidden_rows"),
    of("docx", s.word_narrow, *_D, "tiny_text"),
    of("docx", s.word_unpainted, *_D, "invisible_text"),
    of("docx", s.word_unused_header, *_D, "foreign_part"),
    of("docx", s.word_lost_note, *_D, "hidden_text"),
    of("docx", s.word_picture_from_a_disk, *_D),
    of("docx", s.word_metafile, *_D, "opaque_picture"),
    of("docx", s.word_template_of_fields, *_D),
    # Excel
    of("xlsx", o.sheet_hidden, *_X, "hidden_sheet"),
    of("xlsx", o.sheet_very_hidden, *_X, "very_hidden_sheet"),
    of("xlsx", o.sheet_hidden_row, *_X, "hidden_rows"),
    of("xlsx", o.sheet_hidden_column, *_X, "hidden_columns"),
    of("xlsx", o.sheet_merged_over_hidden, *_X),
    of("xlsx", o.sheet_comment, *_X, "comments"),
    of("xlsx", o.sheet_white_text, *_X, "white_text"),
    of("xlsx", o.sheet_dark_grounds, *_X),
    of("xlsx", o.sheet_black_on_black, *_X, "covered_text", held="covered_text"),
    of("xlsx", o.sheet_shows_nothing, *_X, "hidden_text"),
    of("xlsx", o.sheet_hidden_name, *_X, "hidden_name"),
    of("xlsx", o.sheet_external_link, *_X, "external_link"),
    of("xlsx", o.sheet_pivot_cache, *_X, "pivot_cache"),
    of("xlsx", o.sheet_formulas_over_hidden, *_X, "hidden_rows"),
    of("xlsx", s.sheet_shows_blanks, *_X, "hidden_text"),
    of("xlsx", s.sheet_white_by_format, *_X, "white_text"),
    of("xlsx", s.sheet_tiny, *_X, "tiny_text"),
    of("xlsx", s.sheet_row_of_a_hair, *_X, "hidden_rows"),
    # PowerPoint
    of("pptx", o.deck_hidden_slide, *_P, "hidden_slide"),
    of("pptx", o.deck_notes, *_P, "notes"),
    of("pptx", o.deck_hidden_shape, *_P, "hidden_shape"),
    of("pptx", o.deck_outside_shape, *_P, "outside_shape"),
    of("pptx", o.deck_comment, *_P, "comments"),
    of("pptx", s.deck_tiny_and_unpainted, *_P, "tiny_text", "invisible_text"),
    # PDF: what is taken away
    of("pdf", p.comment, "comments"),
    of("pdf", p.attached, "attachment"),
    of("pdf", p.strange_keys, "foreign_part"),
    of("pdf", p.structure_that_says_more, "hidden_text"),
    of("pdf", p.script, "javascript"),
    of("pdf", p.launch, "external_link"),
    of("pdf", p.form, "form"),
    of("pdf", p.layer_off, "hidden_layer"),
    of("pdf", p.earlier_revision, "earlier_revisions"),
    of("pdf", p.trailing, "trailing_data"),
    of("pdf", p.properties, "properties"),
    of("pdf", p.picture_with_place, "exif"),
    of("pdf", p.restricted, "restrictions"),
    of("pdf", p.scanned, "ocr_layer"),
    of("pdf", s.instead_of_letters, "hidden_text"),
    of("pdf", s.layer_off_on_the_screen, "hidden_layer"),
    # PDF: what only people can settle
    of("pdf", p.under_a_box, "covered_text", held="covered_text"),
    of("pdf", p.partly_under_a_box, "covered_text", held="covered_text"),
    of("pdf", p.under_a_white_box, "covered_text", held="covered_text"),
    of("pdf", p.under_a_thick_line, "covered_text", held="covered_text"),
    of("pdf", p.under_an_annotation, "comments", "covered_text", held="covered_text"),
    of("pdf", p.blackened_scan, "covered_text", held="covered_text"),
    of("pdf", p.black_on_black, "covered_text", held="covered_text"),
    of("pdf", p.blue_on_blue, "covered_text", held="covered_text"),
    of("pdf", p.black_on_a_black_line, "covered_text", held="covered_text"),
    of("pdf", p.black_on_a_black_picture, "covered_text", held="covered_text"),
    of("pdf", p.clipped_away, "invisible_text", held="invisible_text"),
    of("pdf", p.clipped_by_a_triangle, "invisible_text", held="invisible_text"),
    of("pdf", p.invisible, "invisible_text", held="invisible_text"),
    of("pdf", p.white, "white_text", held="white_text"),
    of("pdf", s.deep_in_forms, "white_text", held="white_text"),
    of("pdf", p.tiny, "tiny_text", held="tiny_text"),
    of("pdf", p.off_the_page, "off_page_text", held="off_page_text"),
    # Pictures, text
    of("jpg", i.jpeg_exif, "exif"),
    of("jpg", i.jpeg_turned, "exif"),
    of("jpg", i.jpeg_place, "place"),
    of("jpg", i.jpeg_comment, "picture_text"),
    of("jpg", i.jpeg_trailing, "trailing_data"),
    of("png", i.png_text, "picture_text"),
    of("png", i.png_trailing, "trailing_data"),
    of("txt", x.text_turned, "direction_marks"),
    # Archives
    of("zip", x.zip_with_hidden, *_D, "tracked_changes", "place"),
    of("zip", x.zip_in_zip, *_D, "tracked_changes", "place"),
    of("zip", x.zip_with_system_files, "system_files"),
    of("zip", x.zip_comment, "picture_text"),
    of("zip", x.zip_opaque_member, "opaque_member", held="opaque_member"),
    of("zip", x.pdf_in_zip, "covered_text", held="covered_text"),
    # What cannot be looked into
    of("doc", x.ole, "opaque", held="opaque"),
    of("ofd", x.ofd, "opaque", "properties", held="opaque properties"),
    # Traps
    refused("pdf", p.encrypted, "encrypted"),
    refused("pdf", p.broken, "broken"),
    refused("pdf", p.ten_thousand_pages, "pages"),
    refused("png", i.png_too_large, "pixels"),
    refused("png", i.png_broken, "broken"),
    refused("docx", x.word_with_entities, "entities"),
    refused("docx", x.word_broken, "broken"),
    refused("docx", x.word_xml_bomb, "bomb"),
    refused("doc", x.ole_encrypted, "encrypted"),
    refused("doc", x.ole_broken, "broken"),
    refused("zip", x.zip_encrypted, "encrypted"),
    refused("zip", x.zip_too_deep, "nested"),
    refused("zip", x.zip_bomb, "bomb"),
    refused("zip", x.zip_nested_bomb, "bomb"),
    refused("zip", x.zip_overlapping, "bomb"),
    refused("zip", x.zip_lying_bomb, "broken"),
    refused("zip", x.zip_too_many, "members"),
]
#: Files that go out as a copy, or as they are.
CLEARED = [case for case in CORPUS if not case.refusal and not case.held]
HELD = [case for case in CORPUS if case.held]
REFUSED = [case for case in CORPUS if case.refusal]
