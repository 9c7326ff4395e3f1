"""Forms as declarations: the same fields read a page's form and an API's JSON, and describe themselves to OpenAPI.

class ProposalForm(Form):
    title = Text(N_("Title"), min=8, max=200)
    lat = Decimal(N_("Latitude"), required=False, min=-90, max=90)

form = ProposalForm.read(ctx.form, ctx._)
if form.ok: save(form.values["title"])
else: page(..., form=form)     # form.raw holds what was typed, form.errors the message by field
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from participation.policy import N_
from participation.web.errors import Invalid
from participation.web.fields import Field, FieldError

Translate = Callable[..., str]


class Form:
    """What was typed, what it means, what is wrong with it."""

    fields: ClassVar[dict[str, Field]] = {}

    def __init_subclass__(cls) -> None:
        declared = {name: value for name, value in vars(cls).items() if isinstance(value, Field)}
        cls.fields = {**cls.fields, **declared}

    def __init__(self, translate: Translate, choices: Mapping[str, Any] | None = None) -> None:
        self.translate = translate
        self.choices: dict[str, list[tuple[str, str]]] = dict(choices or {})
        self.raw: dict[str, Any] = {}
        self.values: dict[str, Any] = {}
        self.errors: dict[str, str] = {}

    @classmethod
    def read(cls, data: Any, translate: Translate, *, choices: Mapping[str, Any] | None = None) -> Self:
        """Read a page's form (a multi-dict of texts and files)."""
        form = cls(translate, choices)
        for name, field in cls.fields.items():
            form.raw[name] = field.take(data, name)
            form._parse(name, field, form.raw[name])
        if form.ok:
            form.check()
        return form

    @classmethod
    def read_json(
        cls, data: Any, translate: Translate, *, choices: Mapping[str, Any] | None = None, partial: bool = False
    ) -> Self:
        """Read an API's body. `partial`: only what is there (PATCH)."""
        form = cls(translate, choices)
        if not isinstance(data, dict):
            form.errors["body"] = translate(N_("Please send a JSON object."))
            return form
        for name, field in cls.fields.items():
            if partial and name not in data:
                continue
            value = data.get(name)
            form.raw[name] = value
            try:
                text = field.from_json(value)
            except FieldError as error:
                form.errors[name] = translate(error.message, **error.values)
                continue
            form._parse(name, field, text)
        if form.ok:
            form.check()
        return form

    @classmethod
    def filled(
        cls, values: Mapping[str, Any], translate: Translate, *, choices: Mapping[str, Any] | None = None
    ) -> Self:
        """A form to show with what is stored, not yet read."""
        form = cls(translate, choices)
        for name, field in cls.fields.items():
            form.raw[name] = field.show(values.get(name))
        return form

    def check(self) -> None:
        """Rules over several fields; override and `self.fail(field, message)`."""

    def fail(self, field: str, message: str, **values: Any) -> None:
        self.errors.setdefault(field, self.translate(message, **values))

    @property
    def ok(self) -> bool:
        return not self.errors

    def ensure(self) -> Mapping[str, Any]:
        """The values.

        Raises:
            Invalid: something is wrong; carries the errors by field.
        """
        if self.errors:
            raise Invalid(self.errors)
        return self.values

    def label(self, name: str) -> str:
        return self.translate(self.fields[name].label) if name in self.fields else name

    def options(self, name: str) -> list[tuple[str, str]]:
        """(value, label) of a choice: those given for this form, else the declared ones."""
        if name in self.choices:
            return self.choices[name]
        return [(value, self.translate(label)) for value, label in getattr(self.fields[name], "options", ())]

    def _parse(self, name: str, field: Field, raw: Any) -> None:
        try:
            value = field.parse(raw)
            if field.allowed is not None or name in self.choices:
                field.check_choice(value, [option for option, _ in self.options(name)])
            self.values[name] = value
        except FieldError as error:
            self.errors[name] = self.translate(error.message, **error.values)
