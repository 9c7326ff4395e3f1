"""Sending something to an address that somebody typed, without being led into our own network (server-side request
forgery, OWASP; SECURITY.md row 20): the name is resolved here, every address behind it must be public, the connection
goes to exactly that address, redirects are not followed, and the answer's body is not read."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

SECONDS = 5.0  # for each step of a conversation
ALTOGETHER = 10.0  # seconds; a receiver that drips is left alone
SLOTS = 4
HTTPS = 443
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address stands in its last 32 bits

_slots = threading.Semaphore(SLOTS)


class NotAllowed(Exception):
    """The address is not one that may be called; the message says why, for those who set it."""


class NotReached(Exception):
    """Nothing was heard, or no success."""


@dataclass(frozen=True)
class Place:
    parts: SplitResult
    host: str
    port: int
    allowed: bool  # named in the settings: may be private, and without TLS


def read_place(url: str, hosts: frozenset[str]) -> Place:
    """The parts of an address that may be called. Asks no name server.

    Raises:
        NotAllowed: not https, another port than 443, a user's name in it, or a number that is not public.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (HTTPS if parts.scheme == "https" else 80)
    except ValueError:
        raise NotAllowed("no address") from None
    shown = f"[{host}]" if ":" in host else host
    allowed = f"{shown}:{port}" in hosts
    if not host or parts.username is not None or parts.fragment or any(c in url for c in " <>\"'\\\r\n\t"):
        raise NotAllowed("no address")
    if not allowed and (parts.scheme != "https" or port != HTTPS):
        raise NotAllowed("only https on port 443")
    if parts.scheme not in ("http", "https"):
        raise NotAllowed("no address of the web")
    if not allowed and _is_number(host) and not is_public(host):
        raise NotAllowed("not a public address")
    return Place(parts, host, port, allowed)


def is_public(text: str) -> bool:
    """Whether an IP address lies in the public internet, also the one inside a mapped or translated one."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def resolve(place: Place) -> str:
    """The IP address to connect to.

    Raises:
        NotAllowed: one of the addresses behind the name is not public. NotReached: there is none.
    """
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotReached(f"no such host: {error}") from error
    addresses = [str(each[4][0]) for each in found]
    if not place.allowed and not all(is_public(address) for address in addresses):
        raise NotAllowed("not a public address")
    return addresses[0]


def send(url: str, body: bytes, headers: Mapping[str, str], hosts: frozenset[str]) -> int:
    """POST `body`; the status if it is one of success.

    Raises:
        NotAllowed: see above. NotReached: no answer in time, or not a 2xx.
    """
    return within(ALTOGETHER, lambda: _send(read_place(url, hosts), body, headers))


def _send(place: Place, body: bytes, headers: Mapping[str, str]) -> int:
    import httpx  # takes long to load, and most processes send nothing

    address = resolve(place)
    literal = f"[{address}]" if ":" in address else address
    target = place.parts._replace(netloc=f"{literal}:{place.port}").geturl()
    said = {**headers, "Host": place.parts.netloc}
    try:
        with (
            httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST", target, content=body, headers=said, extensions={"sni_hostname": place.host}
            ) as answer,
        ):
            status = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotReached(f"{type(error).__name__}: {error}"[:200]) from error
    if not 200 <= status < 300:
        raise NotReached(f"answered {status}")
    return status


def within(seconds: float, work: Callable[[], Any]) -> Any:
    """What `work` returns or raises, if it ends in that time; else it is left alone and NotReached is raised."""
    if not _slots.acquire(blocking=False):
        raise NotReached("too many conversations at once")
    result: list[tuple[bool, Any]] = []

    def run() -> None:
        try:
            result.append((True, work()))
        except Exception as error:  # handed on to whoever waits
            result.append((False, error))
        finally:
            _slots.release()

    thread = threading.Thread(target=run, name="webhook", daemon=True)
    thread.start()
    thread.join(seconds)
    if not result:
        raise NotReached("no answer in time")
    succeeded, value = result[0]
    if not succeeded:
        raise value
    return value
