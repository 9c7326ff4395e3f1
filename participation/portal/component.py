"""What the portal brings: the first page, the pages of text, the style guide, and their places in the menus."""

from participation.component import Component, MenuItem
from participation.policy import N_
from participation.portal.home import home
from participation.portal.security_txt import security_txt
from participation.portal.styleguide import styleguide
from participation.portal.texts import KEYS, text_page
from participation.web import get

TAKE_PART, PROMISES = N_("Take part"), N_("Our promises")

PORTAL = Component(
    name="portal",
    routes=(
        get("/", home, cached=True),
        *(get(f"/{key}", text_page, cached=True) for key in KEYS),
        get("/styleguide", styleguide),
        get("/.well-known/security.txt", security_txt),
    ),
    menu=(
        MenuItem("home", N_("Home"), "/", order=0),
        MenuItem("help", N_("How to take part"), "/help", order=90, place="footer", group=TAKE_PART),
        MenuItem("about", N_("About this site"), "/about", order=91, place="footer", group=PROMISES),
        MenuItem("terms", N_("Rules of participation"), "/terms", order=92, place="footer", group=PROMISES),
        MenuItem("privacy", N_("Privacy"), "/privacy", order=93, place="footer", group=PROMISES),
        MenuItem("accessibility", N_("Accessibility"), "/accessibility", order=94, place="footer", group=PROMISES),
    ),
)
