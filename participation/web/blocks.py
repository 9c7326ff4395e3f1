"""The parts of a subject's page that other components bring."""

from typing import Any

from participation.web.context import Context


def subject_blocks(ctx: Context, subject: Any) -> dict[str, list[tuple[str, Any]]]:
    """By place (`main`, `side`, `tools`): (template, view) in order. A page shows each with

    {% for template, block in blocks.main %}{% include template %}{% endfor %}
    """
    found: dict[str, list[tuple[str, Any]]] = {"main": [], "side": [], "tools": []}
    for block in ctx.services.registry.subject_blocks:
        view = block.view(ctx, subject)
        if view is not None:
            found[block.place].append((block.template, view))
    return found
