"""The addresses of reading and writing proposals; supporting and deciding bring their own."""

from proposals import pages, versions, writing

ROUTES = (*pages.ROUTES, *writing.ROUTES, *versions.ROUTES)
