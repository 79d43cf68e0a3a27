"""What must not stand in a log: one-time links and verification codes in addresses."""

import logging
import re

_SECRET = re.compile(r"(/(?:requests/code|verify)/)[^/\s?]+")


class WithoutSecrets(logging.Filter):
    """Cuts the secret part of an address out of what is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        cut = _SECRET.sub(r"\1…", said)
        if cut != said:
            record.msg, record.args = cut, None
        return True
