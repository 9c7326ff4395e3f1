"""Where a weakness is reported stands where RFC 9116 says; nothing stands there when nobody was named."""
from dataclasses import replace

import pytest

from participation.app import create_app
from participation.settings import SettingsError, from_environment
from tests.support.client import Client
from tests.support.databases import on_sqlite

PATH = "/.well-known/security.txt"


@on_sqlite
def test_the_contact_of_the_settings_is_published(client, services, loop, clock):
    assert client.get(PATH).status == 404
    contact = from_environment({"SANPO_SECURITY_CONTACT": "security@city.example"}).security_contact
    named = Client(create_app(replace(services, settings=replace(services.settings, security_contact=contact))), loop)
    answer = named.get(PATH)
    named.close()
    lines = dict(line.split(": ", 1) for line in answer.html.splitlines())
    assert (answer.status, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert lines.pop("Expires") > clock().isoformat()
    assert lines == {"Contact": "mailto:security@city.example", "Preferred-Languages": "ja, en",
                     "Canonical": f"https://sanpo.test{PATH}"}


@pytest.mark.parametrize("contact", ["http://city.example/report", "ask at the desk", "a@b\nContact: c@d", "https://é"])
def test_a_contact_that_is_none_is_refused(contact):
    with pytest.raises(SettingsError, match="SANPO_SECURITY_CONTACT"):
        from_environment({"SANPO_SECURITY_CONTACT": contact})
