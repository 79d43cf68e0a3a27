"""Taking over documents from a file (CSV, XLSX, JSON): all of it, or nothing and why.

`sources` and `columns` say what the file holds, `records` what a row would do and why not,
`looking` goes through all rows without storing any, `storing` puts new rows in by the thousand,
`importer` is the run as a whole; `runs` keeps what was run, for the staff page.
"""
