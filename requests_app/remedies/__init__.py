"""Remedies (救济, Art. 51): what a letter tells of them, their terms, and how they end.

`rules` and `outcomes` are pure tables and functions; nothing here asks a database.
"""
