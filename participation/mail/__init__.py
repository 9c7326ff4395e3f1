"""Mails: queued in the transaction that causes them, sent by the worker."""

from participation.mail.queue import send_mail

__all__ = ["send_mail"]
