"""Cards for notebooks: what an answer, a model or an LP is, at a glance.

Plain HTML with inline styles; colours that hold on light and on dark pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from .enums import CertificateKind, Kind, Outcome
from .errors import DcallocError

if TYPE_CHECKING:
    from .lp import Lp
    from .model import Model
    from .result import Limit, Result

#: Most lines of a list; the rest is counted.
SHOWN = 8
#: Most characters of a name; the whole one shows under the pointer.
NAME = 48

_GOOD, _BAD, _WARN = "#2e8b57", "#c0392b", "#b7791f"
_OUTCOME_COLOURS = {
    Outcome.OPTIMAL: _GOOD,
    Outcome.FEASIBLE: _GOOD,
    Outcome.INFEASIBLE: _BAD,
    Outcome.UNBOUNDED: _BAD,
    Outcome.INFEASIBLE_OR_UNBOUNDED: _BAD,
}
_CARD = (
    "font-family:system-ui,sans-serif;font-size:13px;line-height:1.45;display:inline-block;"
    "min-width:26em;max-width:60em;border:1px solid rgba(128,128,128,.35);border-radius:8px;"
    "padding:.8em 1.1em;margin:.2em 0"
)
_DIM = "opacity:.65"
_CELL = "padding:.1em .9em .1em 0;text-align:left;border:0;background:none"


def number(value: float, digits: int = 6) -> str:
    """A number for people: so many digits, all of whole numbers, thousands apart."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == round(value) and abs(value) < 1e12:
        short = f"{value:,.0f}"
    elif 1e-4 <= abs(value) < 10**digits:
        short = f"{value:,.{digits}g}"
    else:
        short = f"{value:.{min(digits, 4)}g}"
    return short.replace("-", "−")


def shortened(text: str, most: int) -> str:
    """A name, its middle left out where it is long."""
    return text if len(text) <= most else text[: most // 2 - 1] + "…" + text[-most // 2 :]


def duration(seconds: float) -> str:
    """A time for people: in s, ms or µs."""
    for unit, scale in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= scale:
            return f"{number(seconds / scale, 3)} {unit}"
    return f"{number(seconds / 1e-6, 3)} µs"


def _name(text: str) -> str:
    short = escape(shortened(text, NAME))
    return short if len(text) <= NAME else f'<span title="{escape(text)}">{short}</span>'


def _card(title: str, badge: str, colour: str, parts: Iterable[str]) -> str:
    head = (
        f'<div style="font-size:15px;font-weight:600">{title} <span style="background:{colour};'
        'color:#fff;border-radius:5px;padding:.05em .55em;font-size:12px">'
        f"{escape(badge)}</span></div>"
    )
    return f'<div style="{_CARD}">{head}{"".join(part for part in parts if part)}</div>'


def _figures(pairs: Sequence[tuple[str, str]]) -> str:
    cells = "".join(
        f'<span style="display:inline-block;margin:.45em 1.8em 0 0"><span style="{_DIM}">'
        f"{escape(label)}</span><br><b>{escape(value)}</b></span>"
        for label, value in pairs
    )
    return f"<div>{cells}</div>"


def _section(title: str, rows: Sequence[str], hidden: int = 0) -> str:
    if not rows:
        return ""
    more = f'<div style="{_DIM}">and {hidden} more</div>' if hidden > 0 else ""
    return (
        f'<div style="margin-top:.7em;font-weight:600">{escape(title)}</div>'
        f'<table style="border-collapse:collapse;margin:0;border:0">{"".join(rows)}</table>{more}'
    )


def _row(*cells: str, last: str = "") -> str:
    """A line of a table; only its last cell, of words, is broken."""
    style = f"{_CELL};vertical-align:{'top' if last else 'middle'}"
    made = [f'<td style="{style};white-space:nowrap">{cell}</td>' for cell in cells]
    if last:
        made.append(f'<td style="{style}">{last}</td>')
    return f"<tr>{''.join(made)}</tr>"


def _bar(part: float, colour: str) -> str:
    wide = 100 * min(max(part, 0.0), 1.0) if not math.isnan(part) else 0.0
    return (
        '<div style="width:8em;height:.75em;border-radius:3px;background:#8883">'
        f'<div style="width:{wide:.1f}%;height:100%;border-radius:3px;background:{colour}">'
        "</div></div>"
    )


def _certificate(result: Result) -> str:
    proof = result.certificate
    if proof.kind == CertificateKind.NONE:
        return "none"
    gap = number(proof.relative_gap, 2)
    if not proof.valid:
        return f"✗ not proved, gap {gap}, violation {number(proof.primal_violation, 2)}"
    words = {
        CertificateKind.KKT: f"primal and dual agree, gap {gap}",
        CertificateKind.FARKAS: f"Farkas ray, margin {gap}",
        CertificateKind.RAY: "feasible point and improving ray",
    }[proof.kind]
    return f"✓ {words}"


def _limit_row(one: Limit) -> str:
    return _row(
        f'<span style="{_DIM}">{one.kind.name.lower()}</span>',
        _name(one.name),
        escape(one.resource or ""),
        _bar(one.utilisation, _WARN if one.binding else "#4a7fb5"),
        f"{number(one.use)} of {number(one.limit)} {escape(one.unit)}",
        f"price {number(one.price, 4)} per {escape(one.unit or 'unit')}",
    )


def result_card(result: Result) -> str:
    """The card of an answer."""
    if result.closed:
        return _card("Result", "closed", "#777", ())
    outcome, info = result.outcome, result.info
    figures = []
    if not result.is_model and not math.isnan(result.objective):
        figures.append(("objective", number(result.objective)))
    figures += [
        ("certificate", _certificate(result)),
        ("method", f"{info.method or '–'}{', warm' if info.warm else ''}"),
        ("iterations", f"{info.iterations:,}"),
        ("time", duration(info.seconds)),
        ("size", f"{info.rows:,} × {info.columns:,}"),
    ]
    colour = _OUTCOME_COLOURS.get(outcome, _WARN)
    parts = [_figures(figures)]
    if result.is_model:
        parts += _model_parts(result)
    return _card("Result", str(outcome), colour, parts)


def _model_parts(result: Result) -> list[str]:
    if result.outcome == Outcome.INFEASIBLE:
        return [_repair(result)]
    try:
        unmet = result.unmet
    except DcallocError:  # stopped before there was a point
        return []
    tiers = [
        (f"tier {k}: {name}", number(value))
        for k, (name, value) in enumerate(result.tiers.items(), 1)
    ]
    totals = [("cost per hour", number(result.cost)), ("kWh per hour", number(result.energy))]
    missing = sorted((k for k in range(len(unmet)) if unmet[k] > 1e-9), key=lambda k: -unmet[k])
    rows = [
        _row(
            _name(result.name(Kind.DEMAND, k) or ""),
            f"{number(float(unmet[k]), 4)} {escape(result.unit(Kind.DEMAND, k))}",
            last=escape(result.note(k).partition(" unmet: ")[2]),
        )
        for k in missing[:SHOWN]
    ]
    binding = result.binding
    return [
        _figures(tiers + totals),
        _section(f"Unmet demand ({len(missing)})", rows, len(missing) - SHOWN),
        _section(
            f"Binding limits ({len(binding)})",
            [_limit_row(one) for one in binding[:SHOWN]],
            len(binding) - SHOWN,
        ),
    ]


def _repair(result: Result) -> str:
    try:
        repair = result.repair()
    except DcallocError:
        return ""
    if not repair:
        return _section("No repair exists: no limit that may give would help", [_row("")])
    rows = [_row(last=escape(str(change))) for change in repair.changes[:SHOWN]]
    return _section("Cheapest repair", rows, len(repair.changes) - SHOWN)


def model_card(model: Model) -> str:
    """The card of a model."""
    if model.closed:
        return _card("Model", "closed", "#777", ())
    kinds = (
        Kind.RESOURCE,
        Kind.POOL,
        Kind.DOMAIN,
        Kind.LINK,
        Kind.DEMAND,
        Kind.PLACEMENT,
        Kind.TIER,
    )
    figures = [(f"{kind.name.lower()}s", f"{model.count(kind):,}") for kind in kinds]
    shown = model.names(Kind.POOL)[:SHOWN]
    rows = []
    for name in shown:
        pool = model.pool(name)
        has = ", ".join(
            f"{escape(resource)} {number(amount)} {escape(model.unit(Kind.RESOURCE, resource))}"
            for resource, amount in pool.capacity.items()
        )
        rows.append(_row(_name(name), f"{number(pool.count)} nodes", last=has))
    title = f"Model {escape(model.name)}" if model.name else "Model"
    hidden = model.count(Kind.POOL) - SHOWN
    parts = (_figures(figures), _section("Pools", rows, hidden))
    return _card(title, f"revision {model.revision}", "#4a7fb5", parts)


def lp_card(lp: Lp) -> str:
    """The card of an LP."""
    if lp.closed:
        return _card("Lp", "closed", "#777", ())
    figures = [
        ("rows", f"{lp.num_rows:,}"),
        ("columns", f"{lp.num_columns:,}"),
        ("entries", f"{lp.num_entries:,}"),
        ("integers", f"{lp.num_integers:,}"),
    ]
    title = f"Lp {escape(lp.name)}" if lp.name else "Lp"
    return _card(title, lp.sense.name.lower(), "#4a7fb5", (_figures(figures),))
