"""Calls the functions of the examples as the task from standard input says, and prints what they did."""

import json
import sys

from notifications import receive
from onboarding import Problem, make_link, start

task = json.load(sys.stdin)
start(task["reference"], task["email"])
code = None
try:
    start(task["reference"], task["otherEmail"])
except Problem as problem:
    code = problem.code

received = []
for request in task["requests"]:
    stored = []

    def store(reference, sequence, onboarding):
        status = onboarding["status"]
        stored.append({"reference": reference, "sequence": sequence, "status": status})

    status = receive(request["body"].encode(), request["headers"], store)
    received.append({"status": status, "stored": stored[0] if stored else None})

print(json.dumps({"url": make_link(task["reference"]), "code": code, "received": received}))
