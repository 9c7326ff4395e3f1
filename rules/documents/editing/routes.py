"""The addresses of the editor."""

from datetime import timedelta

from participation.component import Limit
from rules.documents.editing import importing, pages, publishing, sections

ROUTES = (*pages.ROUTES, *importing.ROUTES, *publishing.ROUTES, *sections.ROUTES)
LIMITS = {"document": Limit(600, timedelta(hours=1))}
