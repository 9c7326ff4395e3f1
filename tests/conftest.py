"""The fixtures of the suite, each in a file of tests/support; tests/support/README.md lists them."""
import sys

from tests.support.memory import choose_folder
from tests.support.source import BYTECODE

choose_folder()

# Whoever wants no bytecode among the sources gets none there; but nobody waits for 600 modules at each start.
if sys.dont_write_bytecode:
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(BYTECODE)

pytest_plugins = [
    "tests.support.required",
    "tests.support.order",
    "tests.support.clock",
    "tests.support.counting",
    "tests.support.client",
    "tests.support.databases",
    "tests.support.application",
    "tests.support.mailbox",
    "tests.support.provider",
    "tests.support.server",
    "tests.support.browser",
]
