"""Starts, registers, follows and cancels an onboarding with the client of openapi-python-client."""

import json
import os
import time

from sender_onboarding_client import AuthenticatedClient
from sender_onboarding_client.api.messages import cancel, register
from sender_onboarding_client.api.onboardings import read_onboarding, start_onboarding
from sender_onboarding_client.models import (
    Cancellation,
    Onboarding,
    OutcomeCancelled,
    RegistrationForm,
    Start,
    Started,
    Status,
)

reference = os.environ["REFERENCE"]
client = AuthenticatedClient(base_url=os.environ["API"], token=os.environ["KEY"])

started = start_onboarding.sync(reference, client=client, body=Start(email=os.environ["EMAIL"]))
assert isinstance(started, Started), started

while True:
    onboarding = read_onboarding.sync(reference, client=client)
    assert isinstance(onboarding, Onboarding), onboarding
    if onboarding.status == Status.AWAITING_REGISTRATION:
        break
    time.sleep(0.2)

form = RegistrationForm.from_dict(json.loads(os.environ["FORM"]))
register.sync(reference, client=client, body=form)

with client.get_httpx_client().stream(
    "GET", f"/onboardings/{reference}/events", timeout=None
) as stream:
    for line in stream.iter_lines():
        if not line.startswith("data: "):
            continue
        seen = Onboarding.from_dict(json.loads(line.removeprefix("data: ")))
        if seen.status == Status.AWAITING_EMAIL:
            cancel.sync(reference, client=client, body=Cancellation(reason="seen in Python"))

ended = read_onboarding.sync(reference, client=client)
assert isinstance(ended, Onboarding) and isinstance(ended.outcome, OutcomeCancelled), ended
print(ended.outcome.reason)
