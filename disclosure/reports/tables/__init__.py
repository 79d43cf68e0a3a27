"""The statutory tables of the annual report (年度报告的统计表), declared once. Pure.

`forms` declares rows, columns, labels and identities; everything else reads it: the page, the
staff's form, the checks, the exports, the roll-up, the database's own rule and the docs.
"""
