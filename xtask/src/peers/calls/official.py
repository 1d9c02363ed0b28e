"""Makes every call of cases.json through the official client: python official.py URL TOKEN CASES.

It prints nothing; an answer that is an error ends it.
"""

import json
import re
import sys

from losant_rest import Client


def snake(name):
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()


def argument(value):
    # The client writes a bool of Python into the query as `True`. Its own defaults are the texts
    # `true` and `false`, so these are what a caller has to give.
    return json.dumps(value) if isinstance(value, bool) else value


def main():
    url, token, cases = sys.argv[1:]
    with open(cases, encoding="utf-8") as file:
        cases = json.load(file)
    client = Client(auth_token=token, url=url)
    for case in cases:
        resource, action = map(snake, case["operation"].split("."))
        arguments = {name: argument(value) for name, value in case["arguments"].items()}
        getattr(getattr(client, resource), action)(**arguments)


main()
