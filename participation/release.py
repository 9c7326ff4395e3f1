"""Which release of the product this is."""

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version


@lru_cache
def release() -> str:
    """The version of the installed package; "0" where a checkout runs that is not installed."""
    try:
        return version("sanpo")
    except PackageNotFoundError:
        return "0"
