"""`/.well-known/security.txt`: where whoever found a weakness tells it (RFC 9116)."""

from datetime import timedelta

from participation.web import Context, NotFound, Response

GOOD_FOR = timedelta(days=30)  # less than the year of RFC 9116 2.5.5: a copy that somebody keeps must not live on


def security_txt(ctx: Context) -> Response:
    """The contact of `SANPO_SECURITY_CONTACT`; without one there is no such page."""
    if not ctx.settings.security_contact:
        raise NotFound
    until = (ctx.now + GOOD_FOR).strftime("%Y-%m-%dT00:00:00Z")
    lines = (
        f"Contact: {ctx.settings.security_contact}",
        f"Expires: {until}",
        "Preferred-Languages: ja, en",
        f"Canonical: {ctx.settings.base_url}{ctx.url_path}",
    )
    return Response("".join(f"{line}\n" for line in lines), media_type="text/plain; charset=utf-8")
