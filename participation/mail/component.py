"""What mails bring."""

from participation.component import Component, Job
from participation.mail.models import Mail
from participation.mail.sending import send_waiting

MAIL = Component(name="mail", models=(Mail,), jobs=(Job("mail", send_waiting),))
