"""Tables in CSV files, read line by line, from a path or from an upload; what is wrong in them, line by line."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from participation.policy import N_

MOST_PROBLEMS = 100
Tell = Callable[[int], None]
Source = Any  # a Path, or an upload of the framework, which has `file` and `filename`


@dataclass(frozen=True)
class Problem:
    """Why a line can't be used; line 0 is the file as a whole. `says` is a message id."""

    file: str
    line: int
    says: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.says % self.values if self.values else self.says}"


class Unreadable(Exception):
    """The file can't be read; it names what is wrong, at most a hundred lines of it."""

    def __init__(self, *problems: Problem) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")
        self.problems = problems


class Table:
    """A file that is being read: `rows` gives its lines, `wrong` notes one that can't be used, `finish` raises if
    there was any."""

    def __init__(self, source: Source, tell: Tell = lambda line: None) -> None:
        self.source, self.tell, self.problems = source, tell, list[Problem]()
        self.name = str(source) if isinstance(source, Path) else str(source.filename)

    def wrong(self, line: int, says: str, **values: Any) -> None:
        """Raises Unreadable: there are too many by now, or the file as a whole is wrong."""
        self.problems.append(Problem(self.name, line, says, values))
        if not line or len(self.problems) >= MOST_PROBLEMS:
            self.finish()

    def finish(self) -> None:
        if self.problems:
            raise Unreadable(*self.problems)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each line with its number; empty ones are left out. `tell` hears now and then how far it is."""
        line = 0
        try:
            with _text_of(self.source) as file:
                reader = csv.reader(file, strict=True)
                for row in reader:
                    line = reader.line_num
                    if row:
                        yield line, row
                    if line % 10_000 == 0:
                        self.tell(line)
        except OSError as error:
            self.wrong(0, "%(why)s", why=error.strerror)
        except UnicodeDecodeError:
            self.wrong(0, N_("not a UTF-8 text"))
        except csv.Error as error:
            self.wrong(line + 1, N_("not a CSV file: %(why)s"), why=str(error))
            self.finish()

    def fits(self, line: int, row: list[str], head: list[str]) -> bool:
        """Whether the line has as many cells as the head."""
        if len(row) == len(head):
            return True
        self.wrong(line, N_("%(found)s columns instead of %(wanted)s"), found=len(row), wanted=len(head))
        return False


@contextmanager
def _text_of(source: Source) -> Iterator[TextIO]:
    if isinstance(source, Path):
        with source.open(encoding="utf-8-sig", newline="") as file:
            yield file
        return
    source.file.seek(0)
    text = io.TextIOWrapper(source.file, encoding="utf-8-sig", newline="")
    try:
        yield text
    finally:
        text.detach()  # the upload is closed by whoever received it
