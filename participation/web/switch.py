"""The way to a route by the first part of its path (of the API: by the part after the version): a dozen are tried
instead of all, which are many."""

from collections import defaultdict
from collections.abc import Iterable

from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Receive, Scope, Send


class Switch(BaseRoute):
    """Stands for all `routes`, in their order; the part by which they are told apart is never a parameter."""

    def __init__(self, routes: Iterable[Route | Mount]) -> None:
        self._branches: defaultdict[str, list[BaseRoute]] = defaultdict(list)
        for route in routes:
            branch = _branch(route.path)
            if "{" in branch:
                raise ValueError(f"{route.path} begins with a parameter")
            self._branches[branch].append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        partial: tuple[Match, Scope] = (Match.NONE, {})
        for route in self._branches.get(_branch(scope["path"]), ()) if scope["type"] == "http" else ():
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, "sanpo.route": route}
            if match is Match.PARTIAL and partial[0] is Match.NONE:
                partial = match, {**found, "sanpo.route": route}
        return partial

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["sanpo.route"].handle(scope, receive, send)


def _branch(path: str) -> str:
    parts = path.split("/", 4)
    return "/".join(parts[1:4] if parts[1:2] == ["api"] else parts[1:2])
