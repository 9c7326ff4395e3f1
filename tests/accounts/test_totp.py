"""One-time codes as RFC 6238 defines them, and the encryption of their secret."""
import base64
from datetime import datetime, timezone

import pytest

from participation.accounts import totp

# RFC 6238 appendix B, SHA-1: the last six of its eight digits, since both are the same number modulo a power of ten
KEY = base64.b32encode(b"12345678901234567890").decode()
VECTORS = [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"),
           (2000000000, "279037"), (20000000000, "353130")]


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=timezone.utc)


@pytest.mark.asvs("6.5.1")
@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_codes_are_those_of_the_standard_and_are_taken_once(seconds: int, code: str) -> None:
    step = totp.matching_step(KEY, code, at(seconds), 0)
    assert step == seconds // 30
    assert totp.matching_step(KEY, code, at(seconds), step) is None
    assert totp.matching_step(KEY, code[::-1], at(seconds), 0) is None


@pytest.mark.parametrize(("off", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_off_by_one_step(off: int, taken: bool) -> None:
    assert (totp.matching_step(KEY, "081804", at(1111111109 + off), 0) is not None) is taken


def test_a_sealed_secret_opens_for_its_account_and_under_its_key_only() -> None:
    secret = totp.new_secret()
    sealed = totp.seal_secret(b"k" * 32, 7, secret)
    assert len(base64.b32decode(secret)) == 20 and secret.encode() not in sealed
    assert sealed != totp.seal_secret(b"k" * 32, 7, secret)
    opened = [totp.unseal_secret(*given, sealed) for given in ((b"k" * 32, 7), (b"k" * 32, 8), (b"x" * 32, 7))]
    assert opened == [secret, None, None]
