"""What a password may be, how it is kept, and that no key can be guessed."""

import base64
import re

import pytest

from participation.accounts import tokens
from participation.accounts.passwords import check_password, hash_password, too_common
from participation.accounts.tokens import Purpose
from tests.support.databases import on_sqlite
from tests.support.source import product_modules

CHANGE = {"current": "tall camphor trees whisper"}
GUESSED = (
    "password1234", "P@ssw0rd2026!", "qwertyuiop12", "111111111111", "1qaz2wsx3edc4rfv", "asdfasdfasdf1",
    "abcdefghijklm", "987654321098", "vision-vision-vision", "sakuraSAKURA2027", "abababababab1", "!!kobe2050kobe!!",
    "zaq12wsxcde3",
)  # fmt: skip
FINE = (
    "tall camphor trees whisper", "bicycle quietly ferry lantern", "ume-boshi 7 kara ame", "gX7!pQ2z_Lr9",
    "雨の日の坂道を下る猫と傘と紅茶",
)  # fmt: skip


@pytest.fixture
def change(client, join):
    """change("…") -> the answer to choosing that password on one's own page."""
    join("hanako@example.test")

    def do(password: str):
        page = client.open("/me/security")
        return client.submit(page, {**CHANGE, "password": password}, form="/me/password")

    return do


@on_sqlite
@pytest.mark.asvs("6.2.1", "6.2.9")
def test_a_password_has_12_to_128_characters(change) -> None:
    letters = " ".join(f"{number} camphor trees whisper" for number in range(7))
    assert [change(letters[:length]).status for length in (11, 129)] == [422, 422]
    assert change(letters[:11]).html.count("password-error") > 0
    assert change(letters[:128]).status == 303


@pytest.mark.asvs("6.2.8")
def test_a_password_counts_as_it_was_typed() -> None:
    typed = "  Zu\u0308rich  Ferry Lantern "
    stored = hash_password(typed)
    others = (typed.strip(), typed.lower(), typed.replace("u\u0308", "\u00fc"), typed + "x", typed.replace("  ", " "))
    assert [check_password(stored, each) for each in (typed, *others)] == [True, *[False] * len(others)]


@pytest.mark.asvs("6.2.4")
def test_guessers_try_these_first() -> None:
    assert [each for each in GUESSED if not too_common(each)] == []
    assert [each for each in FINE if too_common(each)] == []


@pytest.mark.asvs("6.2.4")
def test_ones_own_words_and_the_citys_are_guessed_too(change, services) -> None:
    assert too_common("hanako.yamamori-1999", "hanako.yamamori@example.test")
    assert too_common("Yamamori2027!!", "", "Yamamori")
    services.extras["site"] = lambda: {"name": {"ja": "みなとまち", "en": "Minatomachi Talks"}}
    guesses = ("minatomachi2027", "Minatomachi!Talks", "みなとまち2027!!")
    assert [change(each).status for each in guesses] == [422] * 3


@pytest.mark.asvs("11.4.2")
@pytest.mark.usefixtures("dear_passwords")
def test_passwords_are_kept_by_argon2id_with_the_figures_of_today() -> None:
    assert hash_password("tall camphor trees whisper").startswith("$argon2id$v=19$m=47104,t=1,p=1$")


@on_sqlite
@pytest.mark.asvs("6.5.4", "7.2.3", "11.5.1")
def test_keys_of_sessions_links_and_programs_hold_256_random_bits(db, clock, person) -> None:
    hanako = person("Hanako")
    links = [db.write(lambda session: tokens.issue(session, Purpose.RESET, clock(), email="a@example.test"))
             for _ in range(20)]  # fmt: skip
    keys = [*links, *(person.session_key(hanako) for _ in range(20))]
    assert len(set(keys)) == 40
    assert {len(base64.urlsafe_b64decode(key + "=")) for key in keys} == {32}


@pytest.mark.asvs("11.5.1")
def test_only_the_demo_and_the_bench_play_dice_that_can_be_guessed() -> None:
    modules = {module.name for module in product_modules() if re.search(r"^(from|import) random\b", module.text, re.M)}
    assert {name for name in modules if not name.startswith(("consortium.demo", "consortium.bench"))} == set()
