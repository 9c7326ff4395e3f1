"""The consent centre: what data may be used for, who agreed to which words, and what services may ask."""

from participation.consents.access import make_token
from participation.consents.wording import TRANSLATED, WORDS

__all__ = ["TRANSLATED", "WORDS", "make_token"]
