"""Texts in pure modules: msgids are marked here and translated where they are shown."""


def gettext_noop(message: str) -> str:
    """Mark `message` for translation without translating it (and without Django).

    Import it as `_`, which makemessages knows; show the text with Django's `gettext`.
    """
    return message
