"""A check that cannot be made has not been passed: nothing changes, whatever of the check breaks."""
import pytest

from tests.security.requests import send
from tests.security.world import ROUTES, World, name_of

CHECKS = ("participation.web.csrf.check_origin", "participation.web.csrf.check_token",
          "participation.web.adapter.actor_of_session", "participation.web.adapter.actor_of_token",
          "participation.policy.Actor.has", "participation.policy.Verdict.__bool__")
UNSAFE = [route for route in ROUTES if route.method != "GET" and not route.reads]


@pytest.mark.asvs("16.5.3")
@pytest.mark.parametrize("check", CHECKS)
def test_a_check_that_breaks_lets_nothing_through(world: World, monkeypatch: pytest.MonkeyPatch, check: str) -> None:
    asked = 0

    def fail(*_: object, **__: object) -> None:
        nonlocal asked
        asked += 1
        raise RuntimeError("the check broke")
    before, wrong = world.services.db.version(), []
    with monkeypatch.context() as broken:
        broken.setattr(check, fail)
        for route in UNSAFE:
            seen, role = asked, "administrator" if route.path.startswith("/admin") else "secretariat"
            page = send(world, role, route, "published")
            changed = world.services.db.version() != before
            if asked > seen and (changed or page.status < 400):
                wrong.append(f"{name_of(route)}: {page.status}, changed: {changed}")
            if changed:
                world.restore()
                before = world.services.db.version()
    assert (wrong, asked > 2) == ([], True)
