"""The log for programs: its head, its entries, its proofs. Hashes are base64, as in the signed head."""

from participation.audit import heads, queries, store
from participation.audit.bundle import as_json, b64
from participation.audit.checkpoint import signature_of
from participation.policy import N_
from participation.web import Context, Invalid, NotFound, Response, get, json_answer
from participation.web.describing import MOMENT, NUMBER, TEXT, Doc, list_of, record_of

NO_HEAD = N_("The log has no signed head yet: the first follows within a minute of the first entry.")
NO_NUMBER = N_("Please give a whole number from %(least)s to %(most)s.")
MOST = 100


def show_head(ctx: Context) -> Response:
    """The newest signed head of the log."""
    head = heads.newest(ctx.session)
    if head is None:
        raise NotFound(NO_HEAD)
    return json_answer(
        {
            "size": head.size,
            "root": b64(head.root),
            "signature": signature_of(head.note),
            "at": head.at.isoformat(),
            "checkpoint": head.note,
            "key": str(heads.signer(ctx.settings).verifier),
        }
    )


def list_entries(ctx: Context) -> Response:
    """Entries in the order of the log, from the number `from`."""
    size = store.size(ctx.session)
    first = _number(ctx, "from", 0, 0, size)
    count = _number(ctx, "per_page", MOST, 1, MOST)
    items = [as_json(entry) for entry in queries.entries(ctx.session, first, count)]
    further = first + count < size
    next_page = f"{ctx.settings.base_url}/api/v1/audit/entries?from={first + count}&per_page={count}"
    return json_answer({"items": items, "total": size, "next": next_page if further else None})


def show_proof(ctx: Context) -> Response:
    """That an entry (by its number, or by the uid of its event) is in the log of a size; without one, in all of it."""
    size = _number(ctx, "size", store.size(ctx.session), 1, store.size(ctx.session))
    wanted = ctx.query.get("entry", "")
    by_uid = queries.number_of(ctx.session, wanted) if len(wanted) == 32 else None
    index = by_uid if by_uid is not None and by_uid < size else _number(ctx, "entry", None, 0, size - 1)
    (entry,) = queries.entries(ctx.session, index, 1)
    return json_answer(
        {
            "entry": index,
            "size": size,
            "hash": b64(entry.hash),
            "root": b64(store.root(ctx.session, size)),
            "path": [b64(step) for step in store.inclusion(ctx.session, index, size)],
        }
    )


def show_consistency(ctx: Context) -> Response:
    """That the log of size `to` (without it, all of it) begins with the log of size `from`."""
    size = store.size(ctx.session)
    new = _number(ctx, "to", size, 0, size)
    old = _number(ctx, "from", None, 0, new)
    return json_answer(
        {
            "from": old,
            "to": new,
            "from_root": b64(store.root(ctx.session, old)),
            "to_root": b64(store.root(ctx.session, new)),
            "path": [b64(step) for step in store.consistency(ctx.session, old, new)],
        }
    )


def _number(ctx: Context, name: str, default: int | None, least: int, most: int) -> int:
    text = ctx.query.get(name)
    if text is None and default is not None and least <= default <= most:
        return default
    usable = text is not None and text.isascii() and text.isdigit() and len(text) < 16
    if not usable or not least <= int(text or 0) <= most:
        raise Invalid({name: ctx._(NO_NUMBER, least=least, most=most)} if most >= least else {name: ctx._(NO_HEAD)})
    return int(text or 0)


HASHES = {"type": "array", "items": TEXT}
HEAD = Doc(record_of(size=NUMBER, root=TEXT, signature=TEXT, at=MOMENT, checkpoint=TEXT, key=TEXT))
ENTRIES = Doc(list_of({"type": "object"}), query={"from": "First number", "per_page": "At most 100"})
PROOF = Doc(
    record_of(entry=NUMBER, size=NUMBER, hash=TEXT, root=TEXT, path=HASHES),
    query={"entry": "Number of the entry, or uid of its event", "size": "Size of the log; if missing, the present one"},
)
CONSISTENCY = Doc(
    record_of(**{"from": NUMBER, "to": NUMBER, "from_root": TEXT, "to_root": TEXT, "path": HASHES}),
    query={"from": "The smaller size", "to": "The larger size; without it the present one"},
)
ROUTES = (
    get("/api/v1/audit/head", show_head, api=True, doc=HEAD),
    get("/api/v1/audit/entries", list_entries, api=True, doc=ENTRIES),
    get("/api/v1/audit/proof", show_proof, api=True, doc=PROOF),
    get("/api/v1/audit/consistency", show_consistency, api=True, doc=CONSISTENCY),
)
