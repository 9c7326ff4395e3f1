"""What search brings."""

from participation.component import Component
from participation.search.models import SearchPending

SEARCH = Component(name="search", models=(SearchPending,))
