"""The tree in the database: appending to it and answering with proofs, in one query each."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from participation.audit.models import AuditNode
from participation.audit.tree import (
    Edge,
    Span,
    complete_subtrees,
    consistency_spans,
    inclusion_spans,
    join,
)


def size(session: Session) -> int:
    """How many entries the tree has."""
    newest = session.scalar(select(func.max(AuditNode.number)))
    return 0 if newest is None else newest // 2 + 1


def edge(session: Session) -> Edge:
    """The right edge of the tree as it is stored."""
    count = size(session)
    subtrees = complete_subtrees((0, count))
    stored = _hashes(session, subtrees)
    return Edge(count, [stored[node] for node in subtrees])


def append(session: Session, leaf_hashes: Iterable[bytes]) -> int:
    """Add these leaves in this order; the size of the tree after it. The caller is the only one who appends."""
    growing = edge(session)
    rows = [
        {"number": number, "hash": digest}
        for leaf_hash in leaf_hashes
        for number, digest in growing.append(leaf_hash)
    ]
    if rows:
        session.execute(insert(AuditNode), rows)
    return growing.size


def root(session: Session, count: int) -> bytes:
    """The root over the first `count` entries."""
    return _joined(session, [(0, count)])[0]


def inclusion(session: Session, index: int, count: int) -> list[bytes]:
    """The proof that entry `index` is in the tree of `count` entries; ValueError when it is not."""
    return _joined(session, inclusion_spans(index, count))


def consistency(session: Session, old: int, new: int) -> list[bytes]:
    """The proof that the tree of `new` entries begins with that of `old`; ValueError unless old <= new."""
    return _joined(session, consistency_spans(old, new))


def _joined(session: Session, spans: Sequence[Span]) -> list[bytes]:
    subtrees = [complete_subtrees(span) for span in spans]
    stored = _hashes(session, [node for nodes in subtrees for node in nodes])
    return [join([stored[node] for node in nodes]) for nodes in subtrees]


def _hashes(session: Session, numbers: list[int]) -> dict[int, bytes]:
    rows = session.execute(select(AuditNode.number, AuditNode.hash).where(AuditNode.number.in_(numbers)))
    return {number: digest for number, digest in rows}
