"""What may be chosen in the form of a service, by this person."""

from collections.abc import Sequence

from consortium.membership.queries import members
from consortium.membership.standing import Standing
from consortium.services.forms import Offers
from consortium.services.policy import Acting
from consortium.services.queries import Owner
from participation.spaces.queries import places
from participation.web import Context


def offers(ctx: Context, acting: Sequence[Acting], owners: Sequence[Owner] = ()) -> Offers:
    """The secretariat names any members; others their own organisations, and whoever runs the service already."""
    found = places(ctx.session, ctx.locale)
    own = {each.organisation_id for each in acting}
    named = {owner.slug: (owner.id, owner.name.to(ctx.locale)) for owner in owners}
    for view in members(ctx.session, ctx.now):
        if view.standing == Standing.MEMBER and (ctx.actor.has("secretariat") or view.id in own):
            named.setdefault(view.slug, (view.id, view.name.to(ctx.locale)))
    return Offers(
        fields={each.key: each.id for each in found.categories},
        owners={slug: number for slug, (number, _) in named.items()},
        areas={each.key: each.id for each in found.areas},
        choices={
            "category": [(each.key, each.name) for each in found.categories],
            "owners": [(slug, name) for slug, (_, name) in named.items()],
            "areas": [(each.key, each.name) for each in found.areas],
        },
    )
