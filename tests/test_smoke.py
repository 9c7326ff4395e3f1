"""The application starts, says so, and answers an unknown address with a page."""

from starlette.testclient import TestClient

from asgi import COMPONENTS
from participation.app import create_app, make_services
from participation.schema import migrate
from participation.settings import from_environment


def test_the_application_starts_and_reports_its_health(tmp_path):
    services = make_services(from_environment({"SANPO_DATA": str(tmp_path)}), COMPONENTS)
    migrate(services)
    with TestClient(create_app(services), base_url="http://127.0.0.1:8000") as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").json()["status"] in ("ok", "degraded")
        assert client.get("/healthz").headers["x-content-type-options"] == "nosniff"
        assert client.get("/api/v1/nowhere").headers["content-type"] == "application/problem+json"
