"""What other packages ask of accounts within a request: the password and the second factor once more, before something
that binds."""

from participation.accounts.forms import code_once_more, device_answer
from participation.accounts.pages.asking import ask_code, ask_password, asked_for, spend_code

__all__ = ["ask_code", "ask_password", "asked_for", "code_once_more", "device_answer", "spend_code"]
