"""The addresses of reading and writing proposals; supporting and deciding bring their own."""

from datetime import timedelta

from participation.component import Limit
from proposals import api, feeds, pages, similar, versions, writing

ROUTES = (*pages.ROUTES, *writing.ROUTES, *versions.ROUTES, *similar.ROUTES, *feeds.ROUTES, *api.ROUTES)
LIMITS = {
    "propose": Limit(30, timedelta(hours=1)),
    "autosave": Limit(60, timedelta(minutes=5)),
    "similar_proposals": Limit(120, timedelta(minutes=5)),
    "proposals_table": Limit(20, timedelta(minutes=5)),
}
