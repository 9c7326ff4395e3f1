"""What a component may declare. The composition root merges the declarations into one `Registry`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click
from sqlalchemy.orm import Session

from participation.events import StoredEvent
from participation.policy import ALLOWED, Actor, Verdict

if TYPE_CHECKING:
    from participation.search.port import SearchDocument
    from participation.services import Services

Subscriber = Callable[[Session, StoredEvent], None]


@dataclass(frozen=True)
class Feature:
    """Something that a phase of a process can open."""

    key: str
    label: str


@dataclass(frozen=True)
class SubjectKind:
    """A kind of public thing: its name, its address, whether a reader may open it, what of it can be searched."""

    kind: str
    label: str
    path: Callable[[int], str]
    document: "Callable[[Session, int], SearchDocument | None] | None" = None
    may_see: Callable[[Session, Actor, int], bool] | None = None
    readable: Callable[[Session, Actor, Sequence[int]], Iterable[int]] | None = None  # may_see of many visible ones
    comment_feature: str | None = None  # the phase feature that opens it for comments; None: no comments
    in_process: bool = True  # False: it belongs to no process, so that no phase closes it
    # whether the thing's own state lets it be talked about; asked with its row, or with what its page is made of
    takes_comments: "Callable[[Session, Any], Verdict] | None" = None

    def state_for_comments(self, session: Session, subject: Any) -> Verdict:
        """What `takes_comments` says; kinds that have no such state are open."""
        return self.takes_comments(session, subject) if self.takes_comments else ALLOWED


@dataclass(frozen=True)
class Job:
    """Periodic work of the worker, at most every `every`; it opens its own transactions."""

    name: str
    run: "Callable[[Services, datetime], None]"
    every: timedelta = timedelta(seconds=0)


@dataclass(frozen=True)
class MenuItem:
    key: str
    label: str
    path: str
    order: int = 50
    place: str = "main"  # main | footer | desk (the secretariat's)
    group: str = ""  # heading in the footer
    roles: tuple[str, ...] = ()  # shown to these platform roles only


@dataclass(frozen=True)
class Limit:
    """`times` in `per`; the key is the person where signed in, else the address of the client."""

    times: int
    per: timedelta


@dataclass(frozen=True)
class HomeBlock:
    """A part of the home page: `view(session, now, locale)` fills `template`."""

    template: str
    view: Callable[[Session, datetime, str], Any]
    order: int = 50


@dataclass(frozen=True)
class SubjectBlock:
    """A part of a subject's page that another component brings: comments, follow, report.

    `view(ctx, subject)` returns what `template` is given as `block`, or None to show nothing.
    """

    template: str
    view: Callable[[Any, Any], Any]
    place: str = "main"  # main | side | tools
    order: int = 50


@dataclass(frozen=True)
class MeBlock:
    """A part of a person's own page: `view(ctx)` returns what `template` is given as `block`, or None for nothing."""

    template: str
    view: Callable[[Any], Any]
    order: int = 50


@dataclass(frozen=True)
class Intent:
    """Something that may be begun signed-out and is carried out when the mailed link is opened.

    `label` names it: "your support". `carry_out(ctx, actor, payload)` does it as `actor` (who `ctx.actor` is not yet)
    and returns the path to go to; it raises what its action raises. `payload` is what the form held, texts by name,
    with the parameters of the address: typed by anybody, so to be read as a form.
    """

    label: str
    carry_out: Callable[[Any, Actor, Mapping[str, Any]], str]


@dataclass(frozen=True)
class LateCommand:
    """A command whose module is loaded when it is called: a server starts without what only commands need."""

    name: str
    where: str  # module:attribute


@dataclass(frozen=True)
class Component:
    name: str
    models: Sequence[type] = ()  # tables; naming them here loads them before the schema is compared
    routes: Sequence[Any] = ()
    features: Sequence[Feature] = ()
    subject_kinds: Sequence[SubjectKind] = ()
    subscriptions: Mapping[str, Sequence[Subscriber]] = field(default_factory=dict)
    events: Sequence[type] = ()
    jobs: Sequence[Job] = ()
    menu: Sequence[MenuItem] = ()
    limits: Mapping[str, Limit] = field(default_factory=dict)
    home: Sequence[HomeBlock] = ()
    subject_blocks: Sequence[SubjectBlock] = ()
    me_blocks: Sequence[MeBlock] = ()
    intents: Mapping[str, Intent] = field(default_factory=dict)  # by the name that a route's `intent` says
    commands: Sequence[click.Command | LateCommand] = ()
    catalogues: Sequence[str] = ()
    hooks: Mapping[str, Callable[..., Any]] = field(default_factory=dict)  # registries for up-now calls, by name


@dataclass(frozen=True)
class Registry:
    """All declarations together."""

    components: tuple[Component, ...]
    features: dict[str, Feature]
    kinds: dict[str, SubjectKind]
    subscriptions: dict[str, tuple[Subscriber, ...]]
    jobs: tuple[Job, ...]
    menu: tuple[MenuItem, ...]
    limits: dict[str, Limit]
    home: tuple[HomeBlock, ...]
    subject_blocks: tuple[SubjectBlock, ...]
    me_blocks: tuple[MeBlock, ...]
    intents: dict[str, Intent]

    def hooks(self, name: str) -> tuple[Callable[..., Any], ...]:
        """What components registered under `name`, in the order of composition."""
        return tuple(component.hooks[name] for component in self.components if name in component.hooks)


def compose(components: Sequence[Component]) -> Registry:
    """Merge the manifests; a name declared twice is a programming error."""
    subscriptions: dict[str, tuple[Subscriber, ...]] = {}
    for component in components:
        for event_type, subscribers in component.subscriptions.items():
            subscriptions[event_type] = (*subscriptions.get(event_type, ()), *subscribers)
    return Registry(
        components=tuple(components),
        features=_unique((feature.key, feature) for c in components for feature in c.features),
        kinds=_unique((kind.kind, kind) for c in components for kind in c.subject_kinds),
        subscriptions=subscriptions,
        jobs=tuple(job for c in components for job in c.jobs),
        menu=tuple(sorted((item for c in components for item in c.menu), key=lambda item: item.order)),
        limits=_unique((name, limit) for c in components for name, limit in c.limits.items()),
        home=tuple(sorted((block for c in components for block in c.home), key=lambda block: block.order)),
        subject_blocks=tuple(sorted((b for c in components for b in c.subject_blocks), key=lambda b: b.order)),
        me_blocks=tuple(sorted((block for c in components for block in c.me_blocks), key=lambda block: block.order)),
        intents=_unique((name, intent) for c in components for name, intent in c.intents.items()),
    )


def _unique(pairs: Any) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for key, value in pairs:
        if key in merged:
            raise ValueError(f"{key!r} is declared twice")
        merged[key] = value
    return merged
