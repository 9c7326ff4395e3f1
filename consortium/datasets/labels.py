"""The words for states, access, formats, cycles and licences."""

from consortium.datasets.models import Access, Cycle, DatasetState, FileFormat, Licence
from participation.policy import N_

STATES = {
    DatasetState.DRAFT: N_("Draft"),
    DatasetState.PUBLISHED: N_("Offered"),
    DatasetState.WITHDRAWN: N_("Withdrawn"),
}
MOODS = {DatasetState.DRAFT: "wait", DatasetState.PUBLISHED: "good", DatasetState.WITHDRAWN: "bad"}
ACCESS = {
    Access.OPEN: N_("Open to everybody"),
    Access.MEMBERS: N_("Shared among members"),
    Access.CONSENT: N_("Only with people's consent"),
}
ACCESS_MOODS = {Access.OPEN: "good", Access.MEMBERS: "open", Access.CONSENT: "wait"}
FORMATS = {
    FileFormat.CSV: "CSV",
    FileFormat.JSON: "JSON",
    FileFormat.GEOJSON: "GeoJSON",
    FileFormat.XML: "XML",
    FileFormat.XLSX: "Excel (XLSX)",
    FileFormat.PDF: "PDF",
    FileFormat.OTHER: N_("Another format"),
}
CYCLES = {
    Cycle.CONTINUOUS: N_("All the time"),
    Cycle.HOURLY: N_("Every hour"),
    Cycle.DAILY: N_("Every day"),
    Cycle.WEEKLY: N_("Every week"),
    Cycle.MONTHLY: N_("Every month"),
    Cycle.QUARTERLY: N_("Every quarter"),
    Cycle.ANNUAL: N_("Every year"),
    Cycle.IRREGULAR: N_("From time to time"),
    Cycle.NEVER: N_("Not any more"),
}
LICENCES = {
    Licence.CC_BY: "CC BY 4.0",
    Licence.CC0: "CC0 1.0",
    Licence.PDL: N_("Public Data License 1.0 (Japan)"),
    Licence.AGREEMENT: N_("By agreement between members"),
}
LICENCE_PAGES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.PDL: "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
}
