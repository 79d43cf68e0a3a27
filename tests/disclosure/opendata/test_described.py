"""What the portal says of itself to machines: its data catalogue (DCAT) and JSON-LD in pages."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from disclosure.opendata import dumping
from tests.factories import PDF, make_agency, make_category, make_publication

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def graph(client: Client, address: str) -> dict[str, dict[str, Any]]:
    """What the page says, by type."""
    html = client.get(address).content.decode()
    (block,) = BLOCK.findall(html)
    return {one["@type"]: one for one in json.loads(block)["@graph"]}


def test_an_item_says_what_it_is(client: Client) -> None:
    top = make_category("top")
    one = make_publication(
        "关于办法的通知",
        category=make_category("below", under=top),
        document_type="normative_document",
        document_number="示府〔2026〕1号",
        keywords="人防；收费",
        summary="概述",
        attachments={"附件.pdf": PDF},
    )
    found = graph(client, one.get_absolute_url())
    document = found["Legislation"]
    page = f"http://testserver{one.get_absolute_url()}"
    assert document["@id"] == document["url"] == page
    assert document["name"] == one.title
    assert document["identifier"] == [one.index_number, one.document_number]
    assert document["legislationLegalForce"] == "https://schema.org/InForce"
    assert document["keywords"] == ["人防", "收费"]
    assert document["publisher"]["name"] == one.agency.name
    assert document["license"] == "http://testserver/open-data/#terms"
    assert document["isPartOf"]["url"] == "http://testserver/catalogue/?category=below"
    (file,) = document["encoding"]
    assert file["encodingFormat"] == "application/pdf"
    assert client.head(file["contentUrl"].removeprefix("http://testserver")).status_code == 200
    steps = found["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert (steps[0]["item"], steps[-1]["item"]) == ("http://testserver/", page)
    assert steps[-2] == {
        "@type": "ListItem",
        "position": len(steps) - 1,
        "name": one.category.name,
        "item": "http://testserver/catalogue/?category=below",
    }


def test_no_text_ends_the_block(client: Client) -> None:
    title = '</script><!--<script>"\\&'
    one = make_publication(title, keywords="</script>", document_number="<!--")
    found = graph(client, one.get_absolute_url())
    assert found["DigitalDocument"]["name"] == title
    assert found["DigitalDocument"]["keywords"] == ["</script>"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_front_page_says_whose_it_is(client: Client, prefix: str) -> None:
    make_agency("SL", name="示例省办公室", name_en="Example Office", phone="010-0000000")
    site = graph(client, f"{prefix}/")["WebSite"]
    template = site["potentialAction"]["target"]["urlTemplate"]
    address = template.replace("{search_term_string}", "x").removeprefix("http://testserver")
    assert address == f"{prefix}/search/?q=x"
    assert site["publisher"]["@type"] == "GovernmentOrganization"
    assert site["publisher"]["telephone"] == "010-0000000"
    assert site["inLanguage"] == ("en" if prefix else "zh-Hans")


def test_catalogue_of_data(client: Client, django_assert_num_queries) -> None:
    make_agency("SL", name="示例省办公室", email="office@example.cn")
    make_publication()
    dumping.make()
    with django_assert_num_queries(4):
        response = client.get("/open-data/catalog.jsonld")
    assert response["Content-Type"].startswith("application/ld+json")
    catalog = json.loads(response.content)
    assert catalog["@type"] == "dcat:Catalog"
    # Mandatory in DCAT-AP: title, description, publisher; of a distribution: accessURL.
    for needed in ("dct:title", "dct:description", "dct:publisher"):
        assert catalog[needed]
    files = {}
    for dataset in catalog["dcat:dataset"]:
        assert dataset["dct:title"]
        assert dataset["dct:description"]
        for distribution in dataset["dcat:distribution"]:
            assert distribution["dcat:accessURL"]["@id"].startswith("http://testserver/")
            if "dcat:byteSize" in distribution:
                files[distribution["dcat:downloadURL"]["@id"]] = distribution
    for address, described in files.items():
        answer = client.head(address.removeprefix("http://testserver"))
        assert described["dcat:byteSize"]["@value"] == answer["Content-Length"]
    assert len(files) == 2
    used = set(re.findall(r'"([a-z]+):[A-Za-z]+"', response.content.decode()))
    assert used <= set(catalog["@context"])
    again = client.get("/open-data/catalog.jsonld", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_the_page(client: Client) -> None:
    address = "/open-data/"
    assert 'class="sha"' not in client.get(address).content.decode()
    make_publication()
    made = dumping.make()
    html = client.get(address).content.decode()
    assert all(dump.sha256 in html for dump in made)
    assert 'id="terms"' in html
    prose = html.partition('<div class="prose">')[2].partition("</main>")[0]
    for address in set(re.findall(r'href="(/[^"#]*)"', prose)):
        assert client.head(address).status_code == 200, address
