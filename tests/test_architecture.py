"""The house stays as docs/ARCHITECTURE.md draws it. Reads the source only; imports just the composition root."""
import ast
import importlib
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.support.source import (
    PACKAGES, ROOT, functions_of, imports_of, names_imported_twice, product_modules, strings_of, templates,
    test_modules, undefined_names, unused_imports,
)

MAY_IMPORT = {
    "participation": set(),
    "proposals": {"participation"},
    "workshops": {"participation"},
    "rules": {"participation"},
    "consortium": {"participation", "proposals", "workshops", "rules"},
    "asgi": set(PACKAGES),
}
# What one package shows another; the package itself (its __init__) may show more by name.
PUBLIC_FILES = {"actions", "queries", "policy", "events", "models", "component", "sessions", "port", "following",
                "subscribers"}
# Each library is met in one place, so that it can be swapped there.
ONE_HOME = {
    "starlette": ("participation.web", "participation.app", "consortium.bench.ceilings"),
    "authlib": ("participation.accounts",),
    "argon2": ("participation.accounts",),
    "webauthn": ("participation.accounts.ceremonies",),
    "pyotp": ("participation.accounts.totp",),
    "whoosh": ("participation.search",),
    "nh3": ("participation.web.markdown",),
    "markdown_it": ("participation.web.markdown",),
    "smtplib": ("participation.mail",),
    "weasyprint": ("participation.pdf",),
    "highspy": ("workshops.draw.solver",),
    "numpy": ("proposals.opinion_maps.mapping", "proposals.ballots.counting.leaps"),
}
FILE_CEILING, FUNCTION_CEILING = 400, 40
STYLESHEET_CEILING = 1000  # one file, because a new visitor waits for one request
USUAL_FILE, MEDIAN_FILE = 250, 60
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")


def expect_none(wrong: Iterable[str], why: str = "") -> None:
    """Fail with every finding on its own line; an assertion on a long list would show the first one only."""
    found = sorted(set(wrong))
    if found:
        pytest.fail("\n".join([*([why] if why else []), *found]), pytrace=False)


def inside(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def inner_package(name: str) -> str | None:
    """participation.accounts.models -> participation.accounts; None for modules that lie in no inner package."""
    parts = name.split(".")
    found = len(parts) > 1 and (ROOT / parts[0] / parts[1]).is_dir()
    return ".".join(parts[:2]) if found else None


def test_imports_point_down() -> None:
    wrong = [f"{module.where} imports {name}"
             for module in product_modules() for name in imports_of(module)
             if (top := name.split(".")[0]) in MAY_IMPORT and top != (own := module.name.split(".")[0])
             and top not in MAY_IMPORT[own]]
    expect_none(wrong)


def test_a_package_is_entered_by_its_public_files_only() -> None:
    wrong = set()
    for module in product_modules():
        own = inner_package(module.name) or module.name.split(".")[0]
        for name in imports_of(module):
            target = inner_package(name) or name.split(".")[0]
            inside_it = own == target or own.startswith(target + ".")
            if inside_it or target not in _closed_packages() or name == target:
                continue
            door = name.removeprefix(target + ".").split(".")[0]
            is_module = (path := ROOT / target.replace(".", "/") / door).is_dir() or path.with_suffix(".py").exists()
            if is_module and door not in PUBLIC_FILES and own != "asgi":
                wrong.add(f"{module.where} imports {target}.{door}")
    expect_none(wrong)


def _closed_packages() -> set[str]:
    """The packages about one part of the domain; the core's own modules and its web adapter are open to all."""
    inner = {f"participation.{path.name}" for path in (ROOT / "participation").iterdir() if path.is_dir()}
    return (inner | set(PACKAGES)) - {"participation", "participation.web"}


def test_the_inner_packages_of_the_core_import_one_another_without_a_circle() -> None:
    graph = defaultdict(set)
    for module in product_modules():
        own = inner_package(module.name)
        if own is None or own == "participation.web":  # the adapter asks accounts who is there, and serves their pages
            continue
        graph[own] |= {target for name in imports_of(module) if (target := inner_package(name)) and target != own}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_each_library_has_one_home() -> None:
    wrong = [f"{module.where} imports {name}" for module in product_modules() for name in imports_of(module)
             if (homes := ONE_HOME.get(name.split(".")[0])) and not inside(module.name, homes)]
    expect_none(wrong)


def test_only_the_web_adapter_knows_the_headers_of_htmx() -> None:
    wrong = [module.where for module in product_modules() if not module.name.startswith("participation.web")
             and any(re.match(r"HX-[A-Z]", text, re.IGNORECASE) for text in strings_of(module))]
    expect_none(wrong)


def test_files_are_short() -> None:
    ceilings = {".py": FILE_CEILING, ".html": FILE_CEILING, ".js": FILE_CEILING, ".css": STYLESHEET_CEILING}
    folders = [*PACKAGES, "templates", "static", "tests"]  # a migration is a record, as long as it is
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in ceilings]
    lengths = {path: path.read_text(encoding="utf-8").count("\n") for path in paths if "vendor" not in path.parts}
    expect_none(f"{path.relative_to(ROOT).as_posix()}: {lines} lines" for path, lines in lengths.items()
                if lines > ceilings[path.suffix])
    product = [lines for path, lines in lengths.items() if path.parts[len(ROOT.parts)] in {*PACKAGES, "templates"}]
    assert sum(lines <= USUAL_FILE for lines in product) >= 0.95 * len(product)
    assert statistics.median(product) <= MEDIAN_FILE


def test_functions_are_short() -> None:
    expect_none(f"{module.where}:{function.lineno} {function.name}: {length} lines"
                for module in (*product_modules(), *test_modules()) for function in functions_of(module)
                if (length := function.end_lineno - function.lineno + 1) > FUNCTION_CEILING)


def test_lines_fit_the_window() -> None:
    wrong = [f"{module.where}:{number}" for module in (*product_modules(), *test_modules())
             for number, line in enumerate(module.text.split("\n"), 1) if len(line) > 120]
    expect_none(wrong)


def test_every_name_is_given_and_every_import_is_used() -> None:
    modules = (*product_modules(), *test_modules())
    expect_none(f"{module.where} reads {name}, which nobody defines"
                for module in modules for name in undefined_names(module))
    expect_none(f"{module.where} imports {name} from two places"
                for module in modules for name in names_imported_twice(module))
    expect_none(f"{module.where} imports {name} for nothing" for module in modules for name in unused_imports(module))


def test_japanese_stands_in_the_catalogue_only() -> None:
    sources = {**{module.where: module.text for module in product_modules()},
               **{f"templates/{name}": text for name, text in templates().items()}}
    expect_none(where for where, text in sources.items() if JAPANESE.search(text))


def test_time_comes_from_the_clock() -> None:
    calls = {"datetime": {"now", "utcnow", "today"}, "date": {"today"}, "time": {"time", "time_ns"}}
    wrong = [f"{module.where}:{node.lineno}" for module in product_modules() if module.name != "participation.clock"
             for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)
             and node.attr in calls.get(_last_name(node.value), ())]
    expect_none(wrong)


def _last_name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def test_no_exception_is_swallowed_whole() -> None:
    wrong = [f"{module.where}:{node.lineno}" for module in product_modules() for node in ast.walk(module.tree)
             if isinstance(node, ast.ExceptHandler) and all(isinstance(step, ast.Pass) for step in node.body)
             and (node.type is None or _last_name(node.type) in {"Exception", "BaseException"})]
    expect_none(wrong)


@pytest.mark.parametrize(("what", "pattern"), [
    ("an inline style", r"\sstyle\s*=|<style\b"),
    ("an inline handler", r"\son[a-z]+\s*=\s*[\"']|\bhx-on\b|hx-vals=['\"]js:"),
    ("an inline script", r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(ld\+)?json\")"),
    ("a text that escapes escaping", r"\|\s*safe\b|autoescape\s+false"),
])
def test_templates_hold_no_inline_code(what: str, pattern: str) -> None:
    expect_none((name for name, text in templates().items() if re.search(pattern, text)), what)


def test_every_template_lies_in_the_folder_of_its_package() -> None:
    inner = {path.name for path in (ROOT / "participation").iterdir() if path.is_dir()}
    folders = {*PACKAGES, *inner, "mail", "errors"}
    shared = re.compile(r"(base|error|_[a-z_]+)\.(html|txt|xml)")
    expect_none(name for name in templates() if name.split("/")[0] not in folders and not shared.fullmatch(name))


def test_every_template_that_is_named_exists_and_belongs_to_who_names_it() -> None:
    inner = {path.name for path in (ROOT / "participation").iterdir() if path.is_dir()}
    wrong = []
    for module in product_modules():
        for text in strings_of(module):
            if not re.fullmatch(r"[a-z_]+(/[a-z_]+)*\.html", text):
                continue
            folder = text.split("/")[0]
            foreign = folder in {*PACKAGES, *inner} and folder not in module.name.split(".")
            if text not in templates() or foreign:
                wrong.append(f"{module.where} names {text}")
    expect_none(wrong)


def test_every_template_that_a_template_includes_exists() -> None:
    named = re.compile(r"\{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)[\"']")
    wrong = [f"{name} names {target}" for name, text in templates().items()
             for target in named.findall(text) if target not in templates()]
    expect_none(wrong)


def test_tests_hide_nothing() -> None:
    forbidden = {"skip", "skipif", "xfail", "importorskip"}
    # One place may skip: where the machine lacks a browser or a PostgreSQL, and says how to get it.
    wrong = [f"{module.where}:{node.lineno}" for module in test_modules() if module.name != "tests.support.required"
             for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)
             and (node.attr in forbidden and _last_name(node.value) in {"pytest", "mark"}
                  or node.attr == "sleep" and _last_name(node.value) == "time")]
    expect_none(wrong)


@pytest.fixture(scope="module")
def components() -> list:
    """The manifests as composed; empty while there is no composition root."""
    return list(importlib.import_module("asgi").COMPONENTS) if (ROOT / "asgi.py").exists() else []


def test_every_event_named_in_a_subscription_exists(components: list) -> None:
    if not components:
        return
    known = {fact.TYPE for fact in _all_facts(importlib.import_module("participation.events").Fact)}
    wrong = [f"{component.name}: {kind}" for component in components
             for kind in component.subscriptions if kind not in known]
    expect_none(wrong)


def _all_facts(base: type) -> list[type]:
    return [fact for child in base.__subclasses__() for fact in (child, *_all_facts(child)) if hasattr(fact, "TYPE")]


def test_every_address_has_one_owner(components: list) -> None:
    owners = Counter((route.method, route.path) for component in components for route in component.routes)
    expect_none(" ".join(address) for address, count in owners.items() if count > 1)


def test_what_a_route_names_is_declared_in_a_manifest(components: list) -> None:
    limits = {"", *(name for component in components for name in component.limits)}
    intents = {"", *(name for component in components for name in component.intents)}
    expect_none(f"{route.method} {route.path} names {route.limit or route.intent}" for component in components
                for route in component.routes if route.limit not in limits or route.intent not in intents)
