"""Pages of a list: numbered, with the total where it is known."""

from dataclasses import dataclass

from starlette.datastructures import QueryParams

PER_PAGE = 20
MAX_PAGE = 10_000


@dataclass(frozen=True)
class Paging:
    """Which rows are asked for; `page` counts from 1."""

    page: int = 1
    per_page: int = PER_PAGE

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.per_page


@dataclass(frozen=True)
class Pager:
    """What the pager macro shows."""

    page: int
    pages: int
    total: int

    @property
    def numbers(self) -> list[int | None]:
        """Page numbers to show; None stands for a gap."""
        wanted = sorted({1, self.pages, *range(max(1, self.page - 2), min(self.pages, self.page + 2) + 1)})
        shown: list[int | None] = []
        for number in wanted:
            if shown and shown[-1] is not None and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return shown


def read_paging(query: QueryParams, per_page: int = PER_PAGE, largest: int = 100) -> Paging:
    """`page` and `per_page` of an address; what cannot be used falls back instead of failing."""
    return Paging(_number(query.get("page"), 1, MAX_PAGE), _number(query.get("per_page"), per_page, largest))


def read_page(query: QueryParams, name: str, largest: int = MAX_PAGE) -> int:
    """The number of a page under a `name` of its own; 1 where it cannot be used."""
    return _number(query.get(name), 1, largest)


def make_pager(paging: Paging, total: int) -> Pager:
    return Pager(paging.page, max(1, -(-total // paging.per_page)), total)


def _number(text: str | None, default: int, largest: int) -> int:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        return default
    return min(max(int(text), 1), largest)
