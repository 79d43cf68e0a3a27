"""Who asks: personal data as one value, masked and hashed in one way."""

import unicodedata
from dataclasses import asdict, dataclass

from disclosure.core import identities
from disclosure.core.crypto import keyed_hash

#: Kinds of papers (证件类型); the keys are the contract's.
ID_TYPES = (
    "resident_id",
    "passport",
    "hk_macao_permit",
    "taiwan_permit",
    "residence_permit",
    "foreign_permanent_residence",
    "other",
)


@dataclass(frozen=True)
class ApplicantData:
    """The personal data of an applicant (申请人); stored encrypted, never elsewhere.

    `agent_name` acts for the applicant as `agent_relation` (委托代理、监护); `co_applicants` are
    the names of those who ask together with it, one a line.
    """

    name: str
    id_type: str = ""
    id_number: str = ""
    organisation_code: str = ""
    representative: str = ""
    phone: str = ""
    email: str = ""
    postal_address: str = ""
    agent_name: str = ""
    agent_relation: str = ""
    co_applicants: str = ""

    def as_dict(self) -> dict[str, str]:
        return {key: value for key, value in asdict(self).items() if value}

    def person_hash(self, kind: str) -> str:
        """The keyed hash under which the same applicant's requests are counted."""
        number = identities.normalise_number(self.organisation_code or self.id_number)
        if number:
            identity = f"{'' if self.organisation_code else self.id_type}|{number}"
        else:
            name = unicodedata.normalize("NFKC", self.name).replace(" ", "").casefold()
            identity = f"{name}|{identities.normalise_number(self.phone)}"
        return keyed_hash("applicant", f"{kind}|{identity}")


def masked(data: dict[str, str]) -> dict[str, str]:
    """The same keys with nothing that tells who it is."""
    masks = {
        "name": identities.mask_name,
        "representative": identities.mask_name,
        "id_number": identities.mask_number,
        "organisation_code": identities.mask_number,
        "phone": identities.mask_phone,
        "email": identities.mask_email,
        "postal_address": lambda value: identities.mask(value, first=6, last=0),
        "agent_name": identities.mask_name,
        "co_applicants": lambda value: "\n".join(map(identities.mask_name, value.splitlines())),
    }
    return {key: masks[key](value) if key in masks else value for key, value in data.items()}
