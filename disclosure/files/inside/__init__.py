"""Looking into a foreign file, cleaning it and reading its text: runs in the child process alone.

Nothing here imports Django, so that the child starts at once and knows no secret of the portal.
"""
