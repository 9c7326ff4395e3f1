"""The project's own source, read once per run, for the tests that hold its shape."""
import ast
import builtins
import re
import symtable
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BYTECODE = ROOT / ".pytest_cache" / "bytecode"  # where the environment wants none beside the sources
PACKAGES = ("participation", "proposals", "workshops", "rules", "consortium")


@dataclass(frozen=True)
class Module:
    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Dotted name, as an import statement would say it."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def lines(self) -> int:
        return self.text.count("\n") + 1


def _parse(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path, text, ast.parse(text, str(path)))


@cache
def product_modules() -> tuple[Module, ...]:
    """Every Python file that ships: the packages and asgi.py."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return tuple(_parse(path) for path in [*paths, *ROOT.glob("asgi.py")])


@cache
def test_modules() -> tuple[Module, ...]:
    return tuple(_parse(path) for path in sorted((ROOT / "tests").rglob("*.py")))


test_modules.__test__ = False  # a reader of the tests, not one of them


@cache
def templates() -> dict[str, str]:
    """Template name, as code names it, -> its text."""
    folder = ROOT / "templates"
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*")) if path.suffix in {".html", ".txt", ".xml"}}


def imports_of(module: Module) -> Iterator[str]:
    """Every module that a file imports, also inside functions, relative imports made absolute."""
    package = module.name.split(".") if module.path.name == "__init__.py" else module.name.split(".")[:-1]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def strings_of(module: Module) -> Iterator[str]:
    """Every string constant of a file."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def functions_of(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def undefined_names(module: Module) -> set[str]:
    """Global names that a module reads and nobody gives it: what a careless merge leaves behind."""
    top = symtable.symtable(module.text, str(module.path), "exec")
    scopes = [top]
    for scope in scopes:
        scopes.extend(scope.get_children())
    symbols = [(scope, symbol) for scope in scopes for symbol in scope.get_symbols()]
    given = {symbol.get_name() for scope, symbol in symbols
             if (scope is top or symbol.is_declared_global()) and (symbol.is_assigned() or symbol.is_imported())}
    known = given | set(dir(builtins)) | {"__file__", "__module__", "__qualname__"}
    return {symbol.get_name() for scope, symbol in symbols
            if symbol.is_referenced() and (scope is top or symbol.is_global()) and symbol.get_name() not in known}


def unused_imports(module: Module) -> set[str]:
    """Names imported at the top and said nowhere else in the file; a package's __init__ imports to show."""
    if module.path.name == "__init__.py":
        return set()
    lines, said = module.text.split("\n"), Counter(re.findall(r"\w+", module.text))
    return {name for node in module.tree.body if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names
            if (name := (alias.asname or alias.name).split(".")[0]) and "noqa: F401" not in lines[node.lineno - 1]
            and said[name] < 2}


def names_imported_twice(module: Module) -> set[str]:
    """Names that two imports at the top give to different things: the second hides the first, as careless merges do."""
    found: dict[str, set[str]] = {}
    for node in module.tree.body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found.setdefault(alias.asname or alias.name, set()).add(f"{node.module}.{alias.name}")
    return {name for name, sources in found.items() if len(sources) > 1}
