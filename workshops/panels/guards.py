"""Triggers that hold what applicants rely on, whoever asks the database: the promised seed, the frozen pool, the
result, and whom it invited. Against whoever owns the database stand the digests in the audit log (`checking.py`)."""

from functools import partial

from participation import guarding
from workshops.panels.models import WorkshopDraw, WorkshopInvitation

MESSAGE = "a draw stays as it was announced"
Guard = partial(guarding.Guard, message=MESSAGE)
_draw, _invitation = WorkshopDraw.__table__, WorkshopInvitation.__table__
_NO_WAY = "OLD.frozen_at IS NOT NULL AND (OLD.problem IS NULL OR OLD.entered_at IS NOT NULL)"

GUARDS = (
    Guard("workshop_draw_keeps_its_promise", _draw, "UPDATE OF workshop_id, seed_sha256, seed_secret, promised_at", ""),
    Guard("workshop_draw_keeps_its_pool", _draw, "UPDATE OF source, pool_csv, pool_sha256, frozen_at",
          "OLD.frozen_at IS NOT NULL"),
    Guard("workshop_draw_keeps_its_quotas", _draw, "UPDATE OF seats, quotas_csv, quotas_sha256", _NO_WAY),
    Guard("workshop_draw_keeps_its_seed", _draw, "UPDATE OF source_value, source_url, entered_at, seed",
          "OLD.entered_at IS NOT NULL"),
    Guard("workshop_draw_keeps_its_result", _draw, "UPDATE OF result, result_sha256, engine, drawn_at",
          "OLD.drawn_at IS NOT NULL"),
    Guard("workshop_draw_remains", _draw, "DELETE", ""),
    Guard("workshop_invitation_stays", _invitation, "UPDATE OF workshop_id, number, round, replaces, invited_at", ""),
    Guard("workshop_invitation_ends_once", _invitation, "UPDATE OF state",
          "OLD.state IN ('declined', 'expired', 'withdrawn') AND NEW.state <> OLD.state"),
    Guard("workshop_invitation_remains", _invitation, "DELETE", ""),
)  # fmt: skip
statements = partial(guarding.statements, GUARDS)
guarding.listen(GUARDS)
