"""Where the files beside the code are: in a checkout next to the packages, in a wheel below this one."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE / "_data" if (_HERE / "_data").is_dir() else _HERE.parent

TEMPLATES = _ROOT / "templates"
STATIC = _ROOT / "static"
LOCALES = _ROOT / "locales"
MIGRATIONS = _ROOT / "migrations"
DEMO = _ROOT / "demo"
