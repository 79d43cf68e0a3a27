"""A report in every form that readers take it in. All are made of a `Document` alone, and their
tables of one `Grid` (`grid.py`), which is made of the form's declaration."""
