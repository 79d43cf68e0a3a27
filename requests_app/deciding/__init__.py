"""Deciding: the points of a request, their determinations, the draft of the answer, and help."""
