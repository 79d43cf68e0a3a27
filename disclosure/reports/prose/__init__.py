"""The written sections of the annual report: figures held against the tables, likeness, growth,
the statement on fees, and drafts. Pure, but for `wording`, which says it in the reader's language.

`findings.remarks` gathers everything that a report's author is told.
"""
