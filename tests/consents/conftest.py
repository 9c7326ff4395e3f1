"""A consent centre to try things on."""
from tests.consents.scene import centre
from tests.membership.scene import council

__all__ = ["centre", "council"]
