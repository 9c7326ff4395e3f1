"""The catalogue for machines holds what DCAT-AP 3.0 makes mandatory, and names only what the EU's tables hold.

Sources: the SHACL shapes of DCAT-AP 3.0.0, whose `sh:minCount 1` are below
(https://semiceu.github.io/DCAT-AP/releases/3.0.0/html/shacl/shapes.ttl); the authority tables of the Publications
Office of the EU (https://op.europa.eu/en/web/eu-vocabularies/authority-tables:
access-right, frequency, language, file-type, licence).
"""
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from consortium.datasets.models import Access, Cycle, FileFormat, Licence
from participation.db import Localized
from tests.datasets.scene import Shelf
from tests.support.client import Client
from tests.support.databases import on_sqlite

# By class: (property, whether its value is a literal)
MANDATORY = {
    "dcat:Catalog": (("dct:title", True), ("dct:description", True), ("dct:publisher", False)),
    "dcat:Dataset": (("dct:title", True), ("dct:description", True)),
    "dcat:Distribution": (("dcat:accessURL", False),),
    "dcat:DataService": (("dct:title", True), ("dcat:endpointURL", False)),
    "foaf:Agent": (("foaf:name", True),),
}
AT_MOST_ONE = {
    "dcat:Catalog": ("dct:publisher", "foaf:homepage", "dct:license", "dct:issued", "dct:modified"),
    "dcat:Dataset": ("dct:accessRights", "dct:accrualPeriodicity", "dct:publisher", "dct:issued", "dct:modified",
                     "dcat:version"),
    "dcat:Distribution": ("dct:format", "dct:license", "dct:issued", "dct:modified"),
    "dct:PeriodOfTime": ("dcat:startDate", "dcat:endDate"),
}
TABLES = {
    "access-right": {"PUBLIC", "RESTRICTED", "NON_PUBLIC"},
    "frequency": {"CONT", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "ANNUAL", "IRREG", "NEVER"},
    "language": {"JPN", "ENG"},
    "file-type": {"CSV", "JSON", "GEOJSON", "XML", "XLSX", "PDF"},
    "licence": {"CC_BY_4_0", "CC0"},
}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from nodes(each)
    elif isinstance(value, dict):
        yield value
        for name, each in value.items():
            if name != "@context":
                yield from nodes(each)


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_literal(value: Any) -> bool:
    return isinstance(value, str) or "@value" in value


@on_sqlite
def test_the_catalogue_holds_what_is_mandatory_and_names_only_known_codes(shelf: Shelf, client: Client) -> None:
    for number, cycle in enumerate(Cycle):
        shelf.dataset(
            cycle=cycle, access=list(Access)[number % 3], format=list(FileFormat)[number % 7],
            licence=list(Licence)[number % 4], areas=[1] if number % 2 else [],
            api_url="https://api.example.jp/v1" if number % 2 else "", covers_to=date(2026, 3, 31))
    shelf.dataset(download_url="", access="consent", covers_from=None, title=Localized({"ja": "名だけ"}))
    answer = client.get("/datasets/catalogue.jsonld")
    assert answer.headers["content-type"].startswith("application/ld+json")
    tree = json.loads(answer.response.text)
    assert len(tree["dcat:dataset"]) == len(Cycle) + 1
    for node in nodes(tree):
        for name, literal in MANDATORY.get(node.get("@type", ""), ()):
            found = many(node.get(name, []))
            assert found and all(is_literal(each) == literal for each in found), (node["@type"], name)
        for name in AT_MOST_ONE.get(node.get("@type", ""), ()):
            assert len(many(node.get(name, []))) <= 1, (node["@type"], name)
        address = str(node.get("@id", ""))
        if "resource/authority/" in address:
            table, code = address.rpartition("resource/authority/")[2].split("/")
            assert code in TABLES[table], address
    prefixes = {name.split(":")[0] for node in nodes(tree) for name in node if ":" in name}
    assert prefixes <= set(tree["@context"])


@on_sqlite
def test_an_entry_says_who_offers_it_to_whom_and_where(shelf: Shelf, client: Client) -> None:
    shelf.dataset(areas=[1], api_url="https://api.example.jp/v1")
    shelf.dataset(state="draft")
    (entry,) = json.loads(client.get("/datasets/catalogue.jsonld").response.text)["dcat:dataset"]
    file, api = entry["dcat:distribution"]
    authority = "http://publications.europa.eu/resource/authority/"
    assert entry["dct:publisher"][0]["foaf:name"][0] == {"@language": "ja", "@value": "例1株式会社"}
    assert entry["dct:accessRights"] == {"@id": f"{authority}access-right/PUBLIC"}
    assert entry["dct:temporal"]["dcat:startDate"] == {"@type": "xsd:date", "@value": "2025-04-01"}
    assert (file["dcat:downloadURL"]["@id"], file["dct:format"]["@id"], file["dct:license"]["@id"]) == (
        "https://data.example.jp/rides.csv", f"{authority}file-type/CSV", f"{authority}licence/CC_BY_4_0")
    assert api["dcat:accessService"]["dcat:servesDataset"]["@id"] == entry["@id"]
