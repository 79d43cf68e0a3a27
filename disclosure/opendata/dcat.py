"""The portal's data catalogue in DCAT (DCAT-AP 3), as JSON-LD: what there is, where, under which
terms, and as which files."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse

from disclosure.agencies.models import Agency
from disclosure.opendata.models import Dump

#: Stable (`contract.md`); the room that answers there is another application's.
API = "/api/v1/"
API_SCHEMA = "/api/v1/schema/"
MEDIA_TYPES = {Dump.Kind.CSV: "text/csv", Dump.Kind.JSON_LINES: "application/jsonl"}
DATA_TYPE = "application/ld+json; charset=utf-8"

_EU = "http://publications.europa.eu/resource/authority"
_CHINESE = {"@id": f"{_EU}/language/ZHO"}
_IANA = "https://www.iana.org/assignments/media-types/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
Absolute = Callable[[str], str]
Made = dict[str, Any]


def _said(chinese: str, english: str) -> list[Made]:
    return [
        {"@value": chinese, "@language": "zh-Hans"},
        {"@value": english, "@language": "en"},
    ]


def _moment(value: dt.datetime) -> Made:
    return {"@value": value.isoformat(timespec="seconds"), "@type": "xsd:dateTime"}


def _media(name: str) -> Made:
    return {"@id": f"{_IANA}{name}"}


def catalog(
    *,
    absolute: Absolute,
    agency: Agency | None,
    dumps: Iterable[Dump],
    changed_at: dt.datetime | None,
) -> Made:
    """The catalogue with its three datasets and the interface; `absolute` makes addresses whole."""
    page = absolute(reverse("open-data"))
    publisher = _publisher(agency, absolute)
    common = {
        "dct:publisher": {"@id": publisher["@id"]},
        "dct:language": _CHINESE,
        "dcat:theme": {"@id": f"{_EU}/data-theme/GOVE"},
        "dct:license": {"@id": f"{page}#terms"},
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/DAILY"},
        **_contact(agency, page),
    }
    service = {
        "@id": f"{page}#api",
        "@type": "dcat:DataService",
        "dct:title": _said("政府信息公开数据接口", "Interface to disclosed information"),
        "dcat:endpointURL": {"@id": absolute(API)},
        "dcat:endpointDescription": {"@id": absolute(API_SCHEMA)},
        "dct:publisher": {"@id": publisher["@id"]},
        "dct:license": {"@id": f"{page}#terms"},
    }
    datasets = [
        {
            "@id": f"{page}#publications",
            "@type": "dcat:Dataset",
            "dct:identifier": "publications",
            "dct:title": _said("主动公开的政府信息", "Information disclosed proactively"),
            "dct:description": _said(
                "本平台公开的全部政府信息：索引号、标题、发布机构、分类、文号、日期、有效性、概述和正文。",
                "Everything public here: index number, title, agency, category, document number, "
                "dates, validity, summary and text.",
            ),
            "dcat:keyword": _said("政府信息公开", "government information disclosure"),
            "dcat:landingPage": {"@id": absolute(reverse("catalogue"))},
            **({"dct:modified": _moment(changed_at)} if changed_at else {}),
            "dcat:distribution": [
                *(_file(dump, page, absolute) for dump in dumps),
                _through(f"{page}#publications-api", absolute(f"{API}publications/"), page),
                {
                    "@id": f"{page}#publications-feed",
                    "@type": "dcat:Distribution",
                    "dct:title": _said("最新公开（Atom）", "Published last (Atom)"),
                    "dcat:accessURL": {"@id": absolute(reverse("feed"))},
                    "dcat:mediaType": _media("application/atom+xml"),
                    "dct:license": {"@id": f"{page}#terms"},
                },
            ],
            **common,
        },
        {
            "@id": f"{page}#annual-reports",
            "@type": "dcat:Dataset",
            "dct:identifier": "annual-reports",
            "dct:title": _said("政府信息公开工作年度报告", "Annual reports on disclosure"),
            "dct:description": _said(
                "各机关历年报告的正文与表格数据。", "Texts and tables of each agency's reports."
            ),
            "dcat:landingPage": {"@id": absolute(reverse("annual-reports"))},
            "dcat:distribution": [
                _through(f"{page}#annual-reports-api", absolute(f"{API}annual-reports/"), page)
            ],
            **common,
        },
        {
            "@id": f"{page}#log",
            "@type": "dcat:Dataset",
            "dct:identifier": "log",
            "dct:title": _said("公开日志", "Public log"),
            "dct:description": _said(
                "每次发布、修订、撤回的记录，逐条以哈希相连，任何人都可以核验。",
                "Every publication, revision and withdrawal, chained by hash for anyone to check.",
            ),
            "dcat:landingPage": {"@id": absolute(reverse("log"))},
            "dcat:distribution": [
                {
                    "@id": f"{page}#log-jsonl",
                    "@type": "dcat:Distribution",
                    "dct:title": _said("全部记录", "All entries"),
                    "dcat:accessURL": {"@id": absolute(reverse("log-download"))},
                    "dcat:downloadURL": {"@id": absolute(reverse("log-download"))},
                    "dcat:mediaType": _media("application/jsonl"),
                    "dct:license": {"@id": f"{page}#terms"},
                }
            ],
            **common,
        },
    ]
    return {
        "@context": _CONTEXT,
        "@id": page,
        "@type": "dcat:Catalog",
        "dct:title": _said("政府信息公开数据目录", "Catalogue of disclosed information"),
        "dct:description": _said(
            "本平台以机器可读形式提供的全部数据。", "All data that this platform gives to machines."
        ),
        "dct:publisher": publisher,
        "dct:language": _CHINESE,
        "dct:license": {"@id": f"{page}#terms"},
        "foaf:homepage": {"@id": absolute(reverse("home"))},
        **({"dct:modified": _moment(changed_at)} if changed_at else {}),
        "dcat:service": [service],
        "dcat:dataset": datasets,
    }


def _publisher(agency: Agency | None, absolute: Absolute) -> Made:
    if agency is None:
        home = absolute(reverse("home"))
        return {"@id": home, "@type": "foaf:Agent", "foaf:name": "政府信息公开"}
    return {
        "@id": absolute(agency.get_absolute_url()),
        "@type": "foaf:Agent",
        "foaf:name": _said(agency.name, agency.name_en) if agency.name_en else agency.name,
    }


def _contact(agency: Agency | None, page: str) -> Made:
    if agency is None or not (agency.email or agency.phone):
        return {}
    card: Made = {
        "@id": f"{page}#contact",
        "@type": "vcard:Organization",
        "vcard:fn": agency.name,
    }
    if agency.email:
        card["vcard:hasEmail"] = {"@id": f"mailto:{agency.email}"}
    if agency.phone:
        card["vcard:tel"] = agency.phone
    return {"dcat:contactPoint": card}


def _file(dump: Dump, page: str, absolute: Absolute) -> Made:
    address = absolute(reverse("open-data-dump", args=[dump.kind]))
    return {
        "@id": f"{page}#publications-{dump.kind}",
        "@type": "dcat:Distribution",
        "dct:title": _said(
            f"全部公开信息（{dump.get_kind_display()}）", f"Everything ({dump.get_kind_display()})"
        ),
        "dcat:accessURL": {"@id": page},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": _media(MEDIA_TYPES[Dump.Kind(dump.kind)]),
        "dcat:compressFormat": _media("application/gzip"),
        "dcat:byteSize": {"@value": str(dump.size), "@type": "xsd:nonNegativeInteger"},
        "dct:modified": _moment(dump.as_of),
        "dct:license": {"@id": f"{page}#terms"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": dump.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _through(name: str, address: str, page: str) -> Made:
    """A dataset as the interface gives it."""
    return {
        "@id": name,
        "@type": "dcat:Distribution",
        "dct:title": _said("数据接口（JSON）", "Interface (JSON)"),
        "dcat:accessURL": {"@id": address},
        "dcat:accessService": {"@id": f"{page}#api"},
        "dcat:mediaType": _media("application/json"),
        "dct:license": {"@id": f"{page}#terms"},
    }
