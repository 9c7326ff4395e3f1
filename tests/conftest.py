"""The fixtures of the suite, each in a file of tests/support; tests/support/README.md lists them."""

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
