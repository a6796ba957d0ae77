"""Which of the answers on a trace are wrong: against cold solves of ours where there are some, and
against each other everywhere."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping
from typing import Any

from bench.hot.follow import Told

TOLERANCE = 1e-6  # relative, of objectives
SMALLEST = 1e-3  # objectives below are compared as if they were of this size
ANSWERS = ("optimal", "infeasible", "unbounded")


def agree(event: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """The same status and, when optimal, the same objective."""
    if event["status"] != other["status"]:
        return False
    if event["status"] != "optimal":
        return True
    a, b = event["objective"], other["objective"]
    return a is not None and b is not None and abs(a - b) <= TOLERANCE * max(abs(b), SMALLEST)


def disputed(field: Mapping[str, Told]) -> list[int]:
    """The edits on which contestants differ, ascending."""
    return sorted({entry[0] for entries in odd(field).values() for entry in entries})


def unsettled(entries: list[list[Any]], reference: Told) -> list[list[Any]]:
    """Those of the odd answers that no cold solve has judged."""
    judged = {n for n, event in reference.edits.items() if event["status"] in ANSWERS}
    return [entry for entry in entries if entry[0] not in judged]


def wrong(told: Told, reference: Told) -> tuple[int, list[list[Any]]]:
    """How many answers could be compared with cold solves, and those that differ: number, change,
    status, objective, and the reference's status and objective. No answer is not a wrong one."""
    compared, found = 0, []
    for number, known in reference.edits.items():
        event = told.edits.get(number)
        if event is None or known["status"] not in ANSWERS or event["status"] not in ANSWERS:
            continue
        compared += 1
        if not agree(event, known):
            found.append(_entry(event, known))
    return compared, found


def odd(field: Mapping[str, Told]) -> dict[str, list[list[Any]]]:
    """Of each contestant the answers that differ from what most say: the commonest status, the
    median objective. With two contestants both are odd where they differ."""
    found: dict[str, list[list[Any]]] = {name: [] for name in field}
    numbers = sorted({number for told in field.values() for number in told.edits})
    for number in numbers:
        events = {
            name: told.edits[number]
            for name, told in field.items()
            if number in told.edits and told.edits[number]["status"] in ANSWERS
        }
        if len(events) < 2:
            continue
        status = Counter(event["status"] for event in events.values()).most_common(1)[0][0]
        values = [e["objective"] for e in events.values() if e["status"] == "optimal"]
        middle = statistics.median_low([v for v in values if v is not None] or [0.0])
        most = {"status": status, "objective": middle if status == "optimal" else None}
        differing = [name for name, event in events.items() if not agree(event, most)]
        if len(events) == 2 and differing:
            differing = list(events)
        for name in differing:
            found[name].append(_entry(events[name], most))
    return found


def _entry(event: Mapping[str, Any], other: Mapping[str, Any]) -> list[Any]:
    said = (event["number"], event["change"], event["status"], event["objective"])
    return [*said, other["status"], other["objective"]]
