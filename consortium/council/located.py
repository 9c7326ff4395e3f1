"""YAML whose every value knows the line it stands on, so that an error can name the place."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import yaml

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LARGEST = 5_000_000  # bytes; a council file has some ten thousand


class FileError(Exception):
    """The file cannot be used; the message is one line that begins with the file and the line in it."""


class Located:
    """A value of the file with its place: `at["areas"][0]` steps inside, `.text()` and the like read it."""

    def __init__(self, value: Any, where: str, name: str) -> None:
        self.value, self._where, self.name = value, where, name

    def refuse(self, message: str) -> NoReturn:
        place = f": {self.name}" if self.name else ""
        raise FileError(f"{self._where}:{_line(self.value)}{place}: {message}")

    def mapping(self) -> dict[str, "Located"]:
        if not isinstance(self.value, dict):
            self.refuse("expected keys with values")
        return {str(key): self._child(key, str(key)) for key in self.value}

    def items(self) -> list["Located"]:
        if not isinstance(self.value, list):
            self.refuse("expected a list")
        return [self._child(index, f"[{index}]") for index in range(len(self.value))]

    def need(self, key: str) -> "Located":
        found = self.mapping().get(key)
        if found is None or found.plain is None:
            self.refuse(f"{key!r} is missing")
        return found

    def text(self, *, longest: int = 200) -> str:
        """A text that is not empty."""
        if not isinstance(self.plain, str):
            self.refuse("expected a text")
        text = self.plain.strip()
        if not 0 < len(text) <= longest:
            self.refuse(f"expected 1 to {longest} characters")
        return text

    def number(self, low: float, high: float) -> float:
        if isinstance(self.plain, bool) or not isinstance(self.plain, int | float) or not low <= self.plain <= high:
            self.refuse(f"expected a number from {low} to {high}")
        return float(self.plain)

    def translated(self, *, longest: int = 200) -> dict[str, str]:
        """A text by language; Japanese is the original and must be there."""
        self.need("ja")
        return {key: value.text(longest=longest) for key, value in self.mapping().items() if key in ("ja", "en")}

    def key(self) -> str:
        """The `key` of an entry."""
        found = self.need("key")
        key = found.text(longest=40)
        if not KEY.fullmatch(key):
            found.refuse("expected lower-case letters, digits and hyphens")
        return key

    def day(self) -> date:
        """A date as 2021-04-01."""
        if not isinstance(self.plain, date) or isinstance(self.plain, datetime):
            self.refuse("expected a date such as 2021-04-01")
        return self.plain

    def one_of(self, *words: str) -> str:
        if self.plain not in words:
            self.refuse(f"expected one of {', '.join(words)}")
        return str(self.plain)

    @property
    def plain(self) -> Any:
        return self.value.value if isinstance(self.value, _Scalar) else self.value

    def _child(self, key: Any, step: str) -> "Located":
        name = f"{self.name}{step}" if step.startswith("[") or not self.name else f"{self.name}.{step}"
        return Located(self.value[key], self._where, name)


class _Scalar:
    def __init__(self, value: Any, line: int) -> None:
        self.value, self.line = value, line


class _Mapping(dict[Any, Any]):
    line = 1


class _Sequence(list[Any]):
    line = 1


def _line(value: Any) -> int:
    return int(getattr(value, "line", 1))


_PLAIN = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class _Loader(yaml.SafeLoader):
    """Safe tags only, a line number with each value, no key twice, no aliases (a few lines could name gigabytes)."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.constructor.ConstructorError(None, None, "aliases are not allowed", event.start_mark)
        return super().compose_node(parent, index)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode) and node.tag not in _PLAIN:
            raise yaml.constructor.ConstructorError(None, None, f"tag {node.tag!r} is not allowed", node.start_mark)
        if isinstance(node, yaml.MappingNode):
            built: Any = _Mapping()
            for key_node, value_node in node.value:
                key = self.construct_object(key_node)
                if not isinstance(key, _Scalar) or key.value in built:
                    problem = f"{key.value!r} stands twice" if isinstance(key, _Scalar) else "a key must be one word"
                    raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
                built[key.value] = self.construct_object(value_node)
        elif isinstance(node, yaml.SequenceNode):
            built = _Sequence(self.construct_object(child) for child in node.value)
        else:
            return _Scalar(super().construct_object(node), line)
        built.line = line
        return built


def read_located(path: Path) -> Located:
    """Read a YAML file.

    Raises:
        FileError: it is missing, too large, not UTF-8 or not YAML; the message names the line.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise FileError(f"{path}: larger than {LARGEST // 1_000_000} MB")
        text = path.read_bytes().decode("utf-8")
        return Located(yaml.load(text, _Loader), str(path), "")  # noqa: S506 (the loader is a safe one)
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: not UTF-8 (byte {error.start})") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise FileError(f"{path}:{mark.line + 1 if mark else 1}: {error.problem}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise FileError(f"{path}: {str(error).splitlines()[0]}") from None
