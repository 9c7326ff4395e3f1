"""What the benchmark brings."""

from consortium.bench.events import BulkDataWritten
from participation.component import Component, LateCommand

BENCH = Component(
    name="bench", events=(BulkDataWritten,), commands=(LateCommand("bench", "consortium.bench.commands:bench"),)
)
