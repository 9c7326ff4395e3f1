"""What the benchmark did to a database."""

from dataclasses import dataclass

from participation.events import Fact


@dataclass(frozen=True, kw_only=True)
class BulkDataWritten(Fact):
    """The database was filled with made-up data for measurements, past all actions."""

    TYPE = "bench.bulk_data_written"
    accounts: int
    proposals: int
    supports: int
    comments: int
