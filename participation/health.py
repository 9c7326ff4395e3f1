"""Probes: `/healthz` says that the process is up, `/readyz` that it can serve."""

from sqlalchemy import text

from participation.web import Context, Response, get, json_answer


def healthz(ctx: Context) -> Response:
    return json_answer({"status": "ok"})


def readyz(ctx: Context) -> Response:
    """503 with the reasons when something that people need is out of reach; `degraded` does not block taking part."""
    problems, degraded = [], []
    try:
        ctx.session.execute(text("SELECT 1"))
    except Exception as error:
        problems.append(f"database: {type(error).__name__}")
    for probe in ctx.services.registry.hooks("ready"):
        for severity, reason in probe(ctx.services, ctx.now):
            (problems if severity == "down" else degraded).append(reason)
    status = "down" if problems else "degraded" if degraded else "ok"
    body = {"status": status, "problems": problems, "degraded": degraded}
    return json_answer(body, status=503 if problems else 200)


ROUTES = (get("/healthz", healthz), get("/readyz", readyz))
