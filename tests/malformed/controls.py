"""The forms of a page with every control in them: what it is called, what it may hold, whether it must be filled in."""
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

VOID = {"input", "br", "img", "meta", "link", "hr", "source", "wbr", "use", "path", "circle", "rect", "line", "base"}
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
CHOSEN = {"select", "radio", "checkbox"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def all(self, *tags: str) -> list["Element"]:
        """The elements of these tags below this one, in the order of the page."""
        below = [child for child in self.children if isinstance(child, Element)]
        return [hit for child in below for hit in ([child] if child.tag in tags else []) + child.all(*tags)]

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def has(self, name: str) -> bool:
        """Whether it or anything in it is of the class `name`."""
        own = name in self.attrs.get("class", "").split()
        return own or any(isinstance(child, Element) and child.has(name) for child in self.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


@dataclass(frozen=True)
class Control:
    """`kind` is the input's type, or textarea or select; `options` what a choice offers; `limit` 0: none is told."""

    name: str
    kind: str
    values: tuple[str, ...] = ()  # what it holds as the page comes
    options: tuple[str, ...] = ()
    required: bool = False
    limit: int = 0
    marked: bool = False  # a message stands at it


@dataclass(frozen=True)
class SentForm:
    action: str
    method: str
    controls: tuple[Control, ...]
    buttons: tuple[tuple[str, str], ...]  # name and value of those that have a name
    draft: bool = False  # sent by the script while somebody types: whatever it holds is kept, or not, in silence

    @property
    def typed(self) -> set[str]:
        """The names of what a person types into."""
        return {each.name for each in self.controls if each.kind not in {"hidden", "file", *CHOSEN}}

    def marked(self, name: str) -> bool:
        return any(control.marked for control in self.controls if control.name == name)

    def control(self, name: str) -> Control | None:
        return next((control for control in self.controls if control.name == name), None)


def tree(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]


def forms_of(html: str, here: str) -> list[SentForm]:
    """The forms of the page at the address `here`; no more of it is read, since reading takes time."""
    found = []
    for form in (form for source in FORM.findall(html) for form in tree(source).all("form")):
        named = [button.attrs for button in form.all("button") if button.attrs.get("name")]
        buttons = tuple((button["name"], button.get("value", "")) for button in named)
        sent = SentForm(form.attrs.get("action") or here, form.attrs.get("method", "get").lower(),
                        tuple(_controls(form)), buttons)
        found.append(sent)
        if "data-autosave" in form.attrs:
            found.append(replace(sent, action=form.attrs["data-autosave"], buttons=(), draft=True,
                                 controls=tuple(each for each in sent.controls if each.name != "_method")))
    return found


def _controls(form: Element) -> Iterator[Control]:
    """One for each name: the boxes and radio buttons of one question are one control."""
    needed = {label.attrs.get("for", "") for label in form.all("label") if label.has("req")}
    errors = {element.attrs.get("id", "").removesuffix("-error") for element in form.all("p") if element.has("err")}
    alike: dict[str, list[tuple[Element, Element | None]]] = {}
    for element, group in _fields(form, None):
        if element.attrs.get("name") and element.attrs.get("type") not in ("submit", "button"):
            alike.setdefault(element.attrs["name"], []).append((element, group))
    for name, pairs in alike.items():
        ids = {each.attrs.get("id", "") for pair in pairs for each in pair if each} - {""}
        held = [_held(element) for element, _ in pairs]
        yield Control(
            name, _kind(pairs[0][0]),
            values=tuple(value for values, _ in held for value in values),
            options=tuple(option for _, options in held for option in options),
            required=bool(ids & needed) or any(_must(group) for _, group in pairs if group),
            limit=max(int(element.attrs.get("data-limit", "0")) for element, _ in pairs), marked=bool(ids & errors))


def _fields(inside: Element, group: Element | None) -> Iterator[tuple[Element, Element | None]]:
    """Every control with the fieldset or the label that it stands in."""
    for child in inside.children:
        if isinstance(child, Element) and "disabled" not in child.attrs:
            if child.tag in ("input", "select", "textarea"):
                yield child, group
            else:
                outer = child if child.tag == "fieldset" or child.tag == "label" and group is None else group
                yield from _fields(child, outer)


def _kind(element: Element) -> str:
    if "readonly" in element.attrs:
        return "hidden"
    return element.attrs.get("type", "text") if element.tag == "input" else element.tag


def _must(group: Element) -> bool:
    legends = group.all("legend")
    return (legends[0] if group.tag == "fieldset" and legends else group).has("req")


def _held(element: Element) -> tuple[list[str], list[str]]:
    """What a browser would send of it, and what it offers."""
    value = element.attrs.get("value", "")
    if element.tag == "textarea":
        return [element.text.removeprefix("\n")], []
    if element.tag == "select":
        options = element.all("option")
        offered = [option.attrs.get("value", option.text) for option in options]
        chosen = [text for option, text in zip(options, offered, strict=True) if "selected" in option.attrs]
        return chosen or ([] if "multiple" in element.attrs else offered[:1]), offered
    if element.attrs.get("type") in ("checkbox", "radio"):
        return [value or "on"] if "checked" in element.attrs else [], [value or "on"]
    return [value], []
