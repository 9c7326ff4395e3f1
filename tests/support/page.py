"""A page as a test sees it: its text, its links, and its forms with what stands in their fields."""
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

import httpx

VOID = {"input", "br", "img", "meta", "link", "hr", "source", "wbr", "use", "path", "circle", "rect", "line"}


@dataclass
class Form:
    action: str
    method: str
    id: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, label
    posting: set[str] = field(default_factory=set)  # labels of buttons that post the form, whatever its method

    def names(self) -> set[str]:
        return {name for name, _ in self.fields} | {name for name, _, _ in self.buttons if name}

    def value(self, name: str) -> str | None:
        return next((value for key, value in self.fields if key == name), None)


class _Reader(HTMLParser):
    """Collects what browsers would submit, after the HTML standard's "constructing the entry list"."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.ids: dict[str, str] = {}
        self._form: Form | None = None
        self._capture: list[tuple[str, dict[str, str], list[str]]] = []
        self._select: tuple[str, bool] | None = None
        self._options: list[tuple[bool, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids[given["id"]] = tag
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower(), given.get("id", ""))
            self.forms.append(self._form)
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self._select, self._options = (given.get("name", ""), "multiple" in given), []
        if tag in {"a", "button", "textarea", "option", "title", "h1"}:
            self._capture.append((tag, given, []))

    def _owner(self, given: dict[str, str]) -> Form | None:
        if "form" in given:
            return next((form for form in self.forms if form.id == given["form"]), None)
        return self._form

    def _input(self, given: dict[str, str]) -> None:
        form, kind, name = self._owner(given), given.get("type", "text"), given.get("name", "")
        if form is None or "disabled" in given:
            return
        if kind == "submit":
            form.buttons.append((name, given.get("value", ""), given.get("value", "")))
        elif kind in {"checkbox", "radio"}:
            if "checked" in given:
                form.fields.append((name, given.get("value", "on")))
        elif name and kind not in {"file", "reset", "button", "image"}:
            form.fields.append((name, given.get("value", "")))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        for _, _, said in self._capture:
            said.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select:
            self._close_select()
        elif self._capture and self._capture[-1][0] == tag:
            self._close(*self._capture.pop())

    def _close(self, tag: str, given: dict[str, str], said: list[str]) -> None:
        label = " ".join("".join(said).split())
        form = self._owner(given)
        if tag == "a" and "href" in given:
            self.links.append((label, given["href"]))
        elif tag == "button" and form is not None and given.get("type", "submit") == "submit":
            form.buttons.append((given.get("name", ""), given.get("value", ""), label))
            if given.get("formmethod") == "post":
                form.posting.add(label)
        elif tag == "textarea" and form is not None and "disabled" not in given:
            form.fields.append((given.get("name", ""), "".join(said).removeprefix("\n")))
        elif tag == "option":
            self._options.append(("selected" in given, given.get("value", label)))
        elif tag in {"title", "h1"}:
            self.ids.setdefault(f":{tag}", label)

    def _close_select(self) -> None:
        name, multiple = self._select or ("", False)
        chosen = [value for selected, value in self._options if selected]
        if not chosen and not multiple and self._options:
            chosen = [self._options[0][1]]
        if self._form is not None and name:
            self._form.fields += [(name, value) for value in chosen]
        self._select = None


class Page:
    """An answer; everything that httpx says of it, and what its HTML holds."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.path = response.url.raw_path.decode("ascii")

    def __repr__(self) -> str:
        return f"<{self.status} {self.path} {self.title!r}>"

    @cached_property
    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.html)
        return reader

    @property
    def html(self) -> str:
        return self.response.text

    @property
    def text(self) -> str:
        """The words of the page, white space made single."""
        return " ".join("".join(self._read.texts).split())

    @property
    def title(self) -> str:
        return self._read.ids.get(":title", "")

    @property
    def heading(self) -> str:
        return self._read.ids.get(":h1", "")

    @property
    def links(self) -> list[tuple[str, str]]:
        return self._read.links

    @property
    def forms(self) -> list[Form]:
        return self._read.forms

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def set_cookies(self) -> list[str]:
        return self.headers.get_list("set-cookie")

    def json(self) -> Any:
        return self.response.json()

    def link(self, label: str) -> str:
        """Where the first link leads whose text holds `label`."""
        for text, target in self.links:
            if label in text:
                return target
        raise AssertionError(f"no link {label!r} on {self!r}; there are {[text for text, _ in self.links]}")

    def form(self, which: str = "") -> Form:
        """The form whose action, id, a field's name or a button's label holds `which`."""
        for form in self.forms:
            words = [form.action, form.id, *form.names(), *(label for _, _, label in form.buttons)]
            if any(which in word for word in words):
                return form
        raise AssertionError(f"no form {which!r} on {self!r}; there are {[form.action for form in self.forms]}")


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(address.partition("?")[2]))
