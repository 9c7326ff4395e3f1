"""`sanpo audit verify` and `sanpo audit export`."""

import json
import sys
from base64 import b64encode
from typing import Any, TextIO

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from participation.audit import export, heads, sealed, store, verification
from participation.audit.bundle import check_bundle
from participation.audit.checkpoint import BadCheckpoint, Head, VerifierKey
from participation.audit.examination import Broken, Report
from participation.cli import CommandError, open_services

LONG = 5_000  # entries that take about a second


@click.group("audit")
def audit() -> None:
    """Check the audit log, or hand it to somebody else to check."""


@audit.command("verify")
@click.option("--export", "exported", type=click.File(encoding="utf-8", errors="surrogateescape"), metavar="FILE",
              help="Check an exported log; needs no database.")  # fmt: skip
@click.option("--key", "keys", multiple=True, metavar="KEY", help="A key of the log, as published; may be repeated.")
@click.option("--proof", type=click.File(encoding="utf-8", errors="surrogateescape"), metavar="FILE",
              help="Check the downloaded proof of one entry; needs --key and no database.")  # fmt: skip
@click.option("--head", "kept", multiple=True, type=click.File(encoding="utf-8"), metavar="FILE",
              help="A head that you kept earlier: the log must continue it; may be repeated.")  # fmt: skip
def verify(
    exported: TextIO | None, keys: tuple[str, ...], proof: TextIO | None, kept: tuple[TextIO, ...]
) -> None:
    """Check every entry, the tree over them, and every signed head; name the first entry that fails."""
    if proof and not keys:
        raise click.UsageError("--proof needs the log's --key: it stands on the page of the log")
    try:
        trusted, witnessed = [VerifierKey.parse(key) for key in keys], [file.read() for file in kept]
        if proof:
            _say_proof(check_bundle(_json(proof), trusted))
            return
        report = export.verify_export(exported, trusted, witnessed) if exported else _in_database(trusted, witnessed)
    except Broken as broken:
        raise CommandError(f"the audit log does not hold: {broken}") from broken
    except (BadCheckpoint, UnicodeDecodeError) as error:
        raise CommandError(f"this key or head cannot be used: {error}") from error
    _say(report)


@audit.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=False))
@click.option("--url", metavar="URL", help="Fetch the log of the platform at this address; needs no database.")
def export_command(file: TextIO, url: str | None) -> None:
    """Write the public part of the log to FILE (- is standard output), for others to check."""
    if url:
        click.echo(f"{_fetch(url, file)} entries", err=True)
        return
    services = open_services()
    with services.db.read() as session:
        count = export.write_export(session, heads.signer(services.settings), services.clock(), file)
    click.echo(f"{count} entries", err=True)


def _fetch(url: str, file: TextIO) -> int:
    from participation.audit.remote import Remote, Unreachable  # its HTTP client takes long to load

    try:
        remote = Remote(url)
        with _bar("Fetching", remote.size) as bar:
            remote.write(file, bar.update)
    except (Unreachable, KeyError, TypeError, ValueError) as error:
        raise CommandError(f"the log cannot be fetched: {error}") from error
    return remote.size


def _bar(label: str, length: int) -> Any:
    return click.progressbar(length=length, label=label, hidden=length < LONG, file=sys.stderr)


def _json(file: TextIO) -> object:
    try:
        return json.load(file)
    except (ValueError, RecursionError) as error:
        raise Broken(-1, "the proof is no JSON") from error


def _say_proof(head: Head) -> None:
    at = head.at.isoformat(timespec="seconds")
    click.echo(f"The entry stands in the log of {head.size} entries that was signed at {at}.")


def _in_database(trusted: list[VerifierKey], witnessed: list[str]) -> Report:
    services = open_services()
    keys = [heads.signer(services.settings).verifier, *trusted]
    try:
        with services.db.read() as session:
            size = store.size(session)
        with services.db.read() as session, _bar("Checking", size) as bar:
            report = verification.verify_database(session, keys, witnessed, bar.update)
            broken = sealed.broken_seals(services.registry, session)
    except (OperationalError, ProgrammingError) as error:
        raise CommandError(f"the database cannot be read: {error.orig}") from error
    if broken:
        raise Broken(-1, "\n".join(broken))
    return report


def _say(report: Report) -> None:
    click.echo(f"The audit log holds: {report.size} entries, {report.heads} signed heads.")
    click.echo(f"Root: {b64encode(report.root).decode()}")
    if report.newest:
        at = report.newest.at.isoformat(timespec="seconds")
        click.echo(f"The newest head covers {report.newest.size} entries and was signed at {at}.")
    if report.erased:
        click.echo(f"Private parts erased, each on record: {report.erased}.")
    if report.waiting:
        click.echo(f"Waiting for their number: {report.waiting}.")
    if report.backdated is not None:
        click.echo(
            f"Note: entry {report.backdated} states a time before that of a head which it follows. "
            "An import of old records does so; nothing else should."
        )
