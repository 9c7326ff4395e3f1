"""The catalogue of datasets for machines: DCAT-AP 3.0 as JSON-LD.

Sources: DCAT-AP 3.0.0 (SEMIC, https://semiceu.github.io/DCAT-AP/releases/3.0.0/); DCAT 3 (W3C Recommendation of
22 August 2024); the authority tables of the Publications Office of the EU for access rights, frequencies, languages,
file types and licences (https://op.europa.eu/en/web/eu-vocabularies/authority-tables).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from consortium.datasets.labels import LICENCE_PAGES
from consortium.datasets.models import Access, Cycle, FileFormat, Licence
from consortium.datasets.queries import Line
from consortium.services.queries import Owner

AUTHORITY = "http://publications.europa.eu/resource/authority/"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
RIGHTS = {Access.OPEN: "PUBLIC", Access.MEMBERS: "RESTRICTED", Access.CONSENT: "NON_PUBLIC"}
FREQUENCY = {
    Cycle.CONTINUOUS: "CONT",
    Cycle.HOURLY: "HOURLY",
    Cycle.DAILY: "DAILY",
    Cycle.WEEKLY: "WEEKLY",
    Cycle.MONTHLY: "MONTHLY",
    Cycle.QUARTERLY: "QUARTERLY",
    Cycle.ANNUAL: "ANNUAL",
    Cycle.IRREGULAR: "IRREG",
    Cycle.NEVER: "NEVER",
}
FILE_TYPE = {
    FileFormat.CSV: "CSV",
    FileFormat.JSON: "JSON",
    FileFormat.GEOJSON: "GEOJSON",
    FileFormat.XML: "XML",
    FileFormat.XLSX: "XLSX",
    FileFormat.PDF: "PDF",
}
LICENCE = {Licence.CC_BY: f"{AUTHORITY}licence/CC_BY_4_0", Licence.CC0: f"{AUTHORITY}licence/CC0"}
LANGUAGE = {"ja": "JPN", "en": "ENG"}
Node = dict[str, Any]


def catalogue(
    base: str, city: Mapping[str, str], texts: Mapping[str, Mapping[str, str]], lines: Sequence[Line]
) -> Node:
    """The whole catalogue. `city` is its name by language, `texts` title and description by language."""
    newest = max((line.updated_at for line in lines), default=None)
    return {
        "@context": CONTEXT,
        "@id": f"{base}/datasets/catalogue.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _texts(texts["title"]),
        "dct:description": _texts(texts["description"]),
        "dct:publisher": {"@id": f"{base}/about", "@type": "foaf:Agent", "foaf:name": _texts(city)},
        "foaf:homepage": {"@id": f"{base}/datasets", "@type": "foaf:Document"},
        "dct:language": [_authority("language", LANGUAGE[tongue]) for tongue in LANGUAGE],
        **({"dct:modified": _moment(newest)} if newest else {}),
        "dcat:dataset": [described(base, line) for line in lines],
    }


def described(base: str, line: Line) -> Node:
    """One dataset with its distributions."""
    about = f"{base}{line.path}"
    node: Node = {
        "@id": about,
        "@type": "dcat:Dataset",
        "dct:identifier": about,
        "dct:title": _texts(line.title),
        "dct:description": _texts(line.description),
        "dct:publisher": [_agent(base, owner) for owner in line.service.owners[:1]],
        "dct:creator": [_agent(base, owner) for owner in line.service.owners],
        "dcat:contactPoint": _contact(line.contact),
        "dct:accessRights": _authority("access-right", RIGHTS[line.access]),
        "dct:accrualPeriodicity": _authority("frequency", FREQUENCY[line.cycle]),
        "dct:language": [_authority("language", LANGUAGE[tongue]) for tongue in line.description if tongue in LANGUAGE],
        "dct:modified": _moment(line.updated_at),
        "dcat:landingPage": {"@id": about, "@type": "foaf:Document"},
        "dcat:version": str(line.version),
        "dcat:distribution": _distributions(line, about),
    }
    if line.published_at:
        node["dct:issued"] = _moment(line.published_at)
    if line.service.field:
        node["dcat:keyword"] = _texts(line.service.field.name)
    if line.areas:
        places = [{"@type": "dct:Location", "skos:prefLabel": _texts(area.name)} for area in line.areas]
        node["dct:spatial"] = places
    if line.covers_from or line.covers_to:
        ends = (("dcat:startDate", line.covers_from), ("dcat:endDate", line.covers_to))
        node["dct:temporal"] = {"@type": "dct:PeriodOfTime", **{name: _day(day) for name, day in ends if day}}
    return node


def _distributions(line: Line, about: str) -> list[Node]:
    """The file and the API; what has no address has no distribution."""
    found = []
    common: Node = {"@type": "dcat:Distribution", "dct:title": _texts(line.title), **_licence(line.licence)}
    if line.download_url:
        url = _id(line.download_url)
        file: Node = {**common, "@id": f"{about}#file", "dcat:accessURL": url, "dcat:downloadURL": url}
        if line.format in FILE_TYPE:
            file["dct:format"] = _authority("file-type", FILE_TYPE[line.format])
        found.append(file)
    if line.api_url:
        service = {
            "@id": f"{about}#service",
            "@type": "dcat:DataService",
            "dct:title": _texts(line.title),
            "dcat:endpointURL": _id(line.api_url),
            "dcat:servesDataset": _id(about),
        }
        url = _id(line.api_url)
        found.append({**common, "@id": f"{about}#api", "dcat:accessURL": url, "dcat:accessService": service})
    return found


def _licence(licence: Licence) -> Node:
    address = LICENCE.get(licence) or LICENCE_PAGES.get(licence)
    return {"dct:license": {"@id": address, "@type": "dct:LicenseDocument"}} if address else {}


def _agent(base: str, owner: Owner) -> Node:
    return {"@id": f"{base}/organisations/{owner.slug}", "@type": "foaf:Agent", "foaf:name": _texts(owner.name)}


def _contact(email: str) -> Node:
    return {"@type": "vcard:Kind", "vcard:fn": email, "vcard:hasEmail": _id(f"mailto:{email}")}


def _authority(table: str, code: str) -> Node:
    return _id(f"{AUTHORITY}{table}/{code}")


def _id(address: str) -> Node:
    return {"@id": address}


def _texts(words: Mapping[str, str]) -> list[Node]:
    return [{"@language": tongue, "@value": text} for tongue, text in words.items() if text]


def _moment(value: datetime) -> Node:
    return {"@type": "xsd:dateTime", "@value": value.isoformat(timespec="seconds")}


def _day(value: date) -> Node:
    return {"@type": "xsd:date", "@value": value.isoformat()}
