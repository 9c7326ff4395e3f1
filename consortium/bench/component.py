"""What the benchmark brings."""

from consortium.bench.commands import bench
from consortium.bench.events import BulkDataWritten
from participation.component import Component

BENCH = Component(name="bench", events=(BulkDataWritten,), commands=(bench,))
