"""Whether a letter is genuine: by its code, and by the hash of a copy. For everyone.

It says number, day, agency and title of the letter, and nothing of who asked for what.
"""
