"""What packages about a workshop hang into its desk: `hooks={"workshop_desk": links}`, `links(ctx, workshop)`."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DeskLink:
    """A way on from the desk; `label` and `note` are in the reader's language, `note` says how it stands."""

    label: str
    path: str
    note: str = ""
    order: int = 50
