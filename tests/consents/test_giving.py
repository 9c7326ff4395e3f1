"""A consent holds exactly while the last thing that a person said is yes, to the words that are published now."""
import random
import threading
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import IntegrityError

from participation.consents.models import ConsentEvent, EventKind, PurposeVersion, VersionState
from participation.consents.queries import check
from participation.policy import Refused
from participation.web.errors import Conflict, NotFound
from tests.consents.scene import Centre


def test_nothing_is_on_before_it_was_given(centre: Centre) -> None:
    centre.purpose()
    assert centre.on(centre.person()) is False


def test_giving_and_withdrawing_take_one_event_each(centre: Centre) -> None:
    centre.purpose()
    who = centre.person()
    given = centre.grant(who)
    assert (centre.on(who), centre.standing(who).receipt) == (True, given.code)
    taken = centre.withdraw(who)
    assert (centre.on(who), [given.number, taken.number]) == (False, [2, 3])
    assert (given.subject, given.sha256) == (taken.subject, taken.sha256)


def test_giving_twice_is_one_consent_and_withdrawing_twice_one_withdrawal(centre: Centre) -> None:
    centre.purpose()
    who = centre.person()
    assert centre.grant(who).id == centre.grant(who).id
    assert (centre.withdraw(who) is None, centre.withdraw(who)) == (False, None)


def test_changed_words_ask_again_and_count_as_off_until_then(centre: Centre) -> None:
    centre.purpose()
    who = centre.person()
    centre.grant(who)
    centre.next_version("watch", retention_days=60)
    assert (centre.on(who), centre.standing(who).asks_again) == (False, True)
    centre.grant(who)
    assert (centre.on(who), centre.standing(who).asks_again) == (True, False)


def test_no_to_changed_words_is_not_asked_again(centre: Centre) -> None:
    centre.purpose()
    who = centre.person()
    centre.grant(who)
    centre.next_version("watch")
    centre.withdraw(who)
    assert (centre.on(who), centre.standing(who).asks_again) == (False, False)


def test_whoever_read_other_words_is_refused(centre: Centre) -> None:
    centre.purpose()
    centre.next_version("watch")
    with pytest.raises(Conflict):
        centre.grant(centre.person(), number=1)


def test_a_retired_purpose_is_off_for_everybody_and_cannot_be_given(centre: Centre) -> None:
    version = centre.purpose()
    who = centre.person()
    centre.grant(who)
    centre.move(version, VersionState.RETIRED)
    event = centre.last(who, version.purpose_id)
    assert centre.ask(check, event.service_id, event.subject, "watch").granted is False
    with pytest.raises(Conflict):
        centre.grant(who)


def test_a_draft_and_what_is_not_there_cannot_be_given(centre: Centre) -> None:
    centre.draft("watch")
    with pytest.raises(Conflict):
        centre.grant(centre.person())
    with pytest.raises(NotFound):
        centre.grant(centre.person(), "nothing")


def test_nobody_gives_without_being_signed_in(centre: Centre) -> None:
    from participation.policy import ANONYMOUS
    centre.purpose()
    with pytest.raises(Refused):
        centre.grant(ANONYMOUS)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_sequence_the_check_equals_a_replay(centre: Centre, seed: int) -> None:
    """The model beside it: a set of (person, purpose) that is on; a new version empties it for its purpose."""
    chance, service = random.Random(seed), centre.service()
    for key in ("a", "b"):
        centre.purpose(key, service)
    people, holds, said = [centre.person() for _ in range(3)], set(), {}
    for _ in range(40):
        who, key = chance.choice(people), chance.choice("ab")
        verb = chance.choice(("grant", "grant", "withdraw", "new"))
        if verb == "new":
            centre.next_version(key)
            holds = {(person, purpose) for person, purpose in holds if purpose != key}
        elif verb == "grant":
            said[who.id] = centre.grant(who, key).subject
            holds.add((who.id, key))
        else:
            centre.withdraw(who, key)
            holds.discard((who.id, key))
        expected = {(person.id, purpose) for person in people for purpose in "ab" if centre.on(person, purpose)}
        checked = {(person, purpose) for person, subject in said.items() for purpose in "ab"
                   if centre.ask(check, service.id, subject, purpose).granted}
        assert (expected, checked) == (holds, holds)
    numbers = centre.ask(lambda s: s.scalars(select(ConsentEvent.number).order_by(ConsentEvent.number)).all())
    assert numbers == list(range(1, len(numbers) + 1))


def test_two_at_once_make_one_consent_and_numbers_without_gaps(centre: Centre) -> None:
    centre.purpose()
    people, start = [centre.person() for _ in range(4)], threading.Barrier(8)

    def give(who: Any) -> None:
        start.wait(10)
        centre.grant(who)
    threads = [threading.Thread(target=give, args=(who,)) for who in people for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    count, newest = centre.ask(lambda s: s.execute(select(func.count(), func.max(ConsentEvent.number))).one())
    assert (count, newest, [centre.on(who) for who in people]) == (5, 5, [True] * 4)


@pytest.mark.parametrize("change", [
    update(ConsentEvent).values(kind=EventKind.GRANTED), delete(ConsentEvent),
    update(PurposeVersion).values(retention_days=9), update(PurposeVersion).values(state="draft"),
    delete(PurposeVersion), update(PurposeVersion).values(summary={"ja": "別のことば"})])
def test_the_database_refuses_to_change_what_was_said_and_the_words(centre: Centre, change: Any) -> None:
    centre.purpose()
    centre.grant(centre.person())
    with pytest.raises(IntegrityError):
        centre.db.write(lambda session: session.execute(change) and None)


def test_the_log_says_that_somebody_gave_and_not_who_or_what(centre: Centre) -> None:
    centre.purpose()
    given = centre.grant(centre.person("Hanako"))
    row = centre.ask(lambda s: s.execute(
        text("SELECT type, body, commitment, leaf_hash FROM event WHERE uid = :uid"), {"uid": given.event_uid}).one())
    assert (row.type, row.body) == ("consent.given", f'{{"consent":"{given.code}"}}')
    assert (len(row.commitment), len(row.leaf_hash)) == (64, 32)
