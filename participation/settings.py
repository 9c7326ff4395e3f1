"""What the environment says, read once, checked, and frozen."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


class SettingsError(Exception):
    """A wrong value in the environment; the message names the variable."""


@dataclass(frozen=True)
class OidcProvider:
    name: str
    issuer: str
    client_id: str
    client_secret: str
    label: str
    claims: tuple[tuple[str, str], ...] = ()  # (what a true claim confirms, the claim)


@dataclass(frozen=True)
class Settings:
    data: Path = Path("var")
    database_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    secret_key: str = ""
    smtp_url: str = ""
    oidc: tuple[OidcProvider, ...] = ()
    log: str = "text"
    trusted_proxies: int = 0
    rate_limits: bool = True
    pdf: bool = True  # whether the worker prints; off for measurements
    mail_from: str = "sanpo@localhost"
    desk_needs_factor: bool = False  # whether the roles at the desk count only with a second factor
    webhook_hosts: frozenset[str] = frozenset()  # host:port that may be told of events though they are not public
    security_contact: str = ""  # where weaknesses are reported: a URI
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def secure(self) -> bool:
        """Whether residents reach us by HTTPS (cookies are then Secure and `__Host-`)."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `SANPO_*` variables.

    Raises:
        SettingsError: a value cannot be used; the message names the variable.
    """
    env = os.environ if environ is None else environ
    data = Path(env.get("SANPO_DATA") or "var").absolute()
    base_url = (env.get("SANPO_BASE_URL") or "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError("SANPO_BASE_URL must be an http(s) address such as https://sanpo.example.jp")
    log = _one_of(env, "SANPO_LOG", ("text", "json"))
    return Settings(
        data=data,
        database_url=_database_url(env, data),
        base_url=base_url,
        secret_key=env.get("SANPO_SECRET_KEY") or "",
        smtp_url=_smtp_url(env),
        oidc=_oidc(env),
        log=log,
        trusted_proxies=_count(env, "SANPO_TRUSTED_PROXIES"),
        rate_limits=_one_of(env, "SANPO_RATE_LIMITS", ("on", "off")) == "on",
        pdf=_one_of(env, "SANPO_PDF", ("on", "off")) == "on",
        mail_from=env.get("SANPO_MAIL_FROM") or f"sanpo@{parts.hostname}",
        desk_needs_factor=_one_of(env, "SANPO_SECOND_FACTOR", ("optional", "desk")) == "desk",
        security_contact=_contact(env),
        webhook_hosts=_webhook_hosts(env),
        environ=dict(env),
    )


def with_secret_key(settings: Settings) -> str:
    """The secret key: from the environment, else from `SANPO_DATA/secret.key`, made (mode 0600) on first start."""
    if settings.secret_key:
        return settings.secret_key
    settings.data.mkdir(parents=True, exist_ok=True)
    path = settings.data / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_hex(32)
        file.write(key)
    return key


def _one_of(env: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = env.get(name) or allowed[0]
    if value not in allowed:
        raise SettingsError(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _count(env: Mapping[str, str], name: str) -> int:
    value = env.get(name) or "0"
    if not value.isdigit():
        raise SettingsError(f"{name} must be the number of reverse proxies in front of the application, not {value!r}")
    return int(value)


def _database_url(env: Mapping[str, str], data: Path) -> str:
    url = env.get("SANPO_DATABASE_URL") or ""
    if not url:
        return f"sqlite:///{data / 'sanpo.sqlite3'}"
    if url.startswith("sqlite:///"):
        return url
    if re.match(r"postgres(ql)?://", url):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    if url.startswith("postgresql+psycopg://"):
        return url
    raise SettingsError("SANPO_DATABASE_URL must start with postgresql:// or sqlite:///")


def _smtp_url(env: Mapping[str, str]) -> str:
    url = env.get("SANPO_SMTP_URL") or ""
    if url and (urlsplit(url).scheme not in ("smtp", "smtps") or not urlsplit(url).hostname):
        raise SettingsError("SANPO_SMTP_URL must look like smtp://user:password@mail.example.jp:587")
    return url


def _contact(env: Mapping[str, str]) -> str:
    """RFC 9116 2.5.3: an https, mailto or tel URI; a plain address becomes one."""
    contact = (env.get("SANPO_SECURITY_CONTACT") or "").strip()
    contact = f"mailto:{contact}" if re.fullmatch(r"[^@:\s]+@[^@:\s]+", contact) else contact
    if contact and not re.fullmatch(r"(https://|mailto:|tel:)[!-~]+", contact):
        raise SettingsError("SANPO_SECURITY_CONTACT must be an e-mail address or start with https://, mailto: or tel:")
    return contact


def _oidc(env: Mapping[str, str]) -> tuple[OidcProvider, ...]:
    providers = []
    for variable in sorted(env):
        match = re.fullmatch(r"SANPO_OIDC_([A-Z0-9]+)_ISSUER", variable)
        if not match:
            continue
        prefix = f"SANPO_OIDC_{match[1]}_"
        missing = [prefix + part for part in ("CLIENT_ID", "CLIENT_SECRET") if not env.get(prefix + part)]
        if missing:
            raise SettingsError(f"{missing[0]} is missing though {variable} is set")
        name = match[1].lower()
        label = env.get(prefix + "LABEL") or match[1].title()
        credentials = (env[prefix + "CLIENT_ID"], env[prefix + "CLIENT_SECRET"])
        claims = _claims(env, prefix + "CLAIMS")
        providers.append(OidcProvider(name, env[variable].rstrip("/"), *credentials, label, claims))
    return tuple(providers)


def _webhook_hosts(env: Mapping[str, str]) -> frozenset[str]:
    hosts = frozenset(part.strip() for part in (env.get("SANPO_WEBHOOK_HOSTS") or "").split(",") if part.strip())
    if not all(re.fullmatch(r"[^\s/:@]+:[0-9]{1,5}|\[[0-9a-f:]+\]:[0-9]{1,5}", host) for host in hosts):
        raise SettingsError("SANPO_WEBHOOK_HOSTS must look like 127.0.0.1:9000,hooks.internal:8080")
    return hosts


def _claims(env: Mapping[str, str], variable: str) -> tuple[tuple[str, str], ...]:
    pairs = [part.strip().partition("=") for part in (env.get(variable) or "").split(",") if part.strip()]
    if not all(kind and equals and claim for kind, equals, claim in pairs):
        raise SettingsError(f"{variable} must look like resident=is_resident,adult=over_18")
    return tuple((kind, claim) for kind, _equals, claim in pairs)
