"""Forms while they are written: they may have gaps, and say which have to be filled in the end."""

from copy import copy
from typing import TypeVar

from participation.web.forms import Form

F = TypeVar("F", bound=Form)


def draft_of(kind: type[F], needed: str, *always: str) -> type[F]:
    """The form with no field required but `always`; `needed` is the message around the `label` of each other one."""
    wanted = {name for name, field in kind.fields.items() if field.required and name not in always}
    fields = {name: copy(field) for name, field in kind.fields.items()}
    for name in wanted:
        fields[name].required = False

    def label(self: Form, name: str) -> str:
        text = kind.label(self, name)  # type: ignore[arg-type]
        return self.translate(needed, label=text) if name in wanted else text

    return type(f"Draft{kind.__name__}", (kind,), {**fields, "label": label})
