"""The public deadline calculator, and the clock's phrases in the reader's language."""
