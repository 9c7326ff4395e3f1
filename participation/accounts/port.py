"""What other packages ask of accounts within a request: the password once more, before something that binds."""

from participation.accounts.pages.asking import ask_password

__all__ = ["ask_password"]
