"""Probes: `/healthz` says that the process is up, `/readyz` that it can serve."""

from sqlalchemy import inspect

from participation.web import Context, Response, get, json_answer


def healthz(ctx: Context) -> Response:
    return json_answer({"status": "ok"})


def readyz(ctx: Context) -> Response:
    """503 with the reasons when something that people need is out of reach; `degraded` does not block taking part."""
    problems, degraded = [], []
    try:
        problems += _missing_tables(ctx)
    except Exception as error:
        problems.append(f"database: {type(error).__name__}")
    for probe in ctx.services.registry.hooks("ready"):
        for severity, reason in probe(ctx.services, ctx.now):
            (problems if severity == "down" else degraded).append(reason)
    status = "down" if problems else "degraded" if degraded else "ok"
    body = {"status": status, "problems": problems, "degraded": degraded}
    return json_answer(body, status=503 if problems else 200)


def _missing_tables(ctx: Context) -> list[str]:
    """What the components declare and the database lacks: of another version, or restored in part."""
    declared = {model.__tablename__ for component in ctx.services.registry.components for model in component.models}
    missing = sorted(declared - set(inspect(ctx.session.connection()).get_table_names()))
    return [f"database: no table {', '.join(missing)}"] if missing else []


ROUTES = (get("/healthz", healthz), get("/readyz", readyz))
