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
_CELL = "padding:.1em .9em .1em 0;text-align:left;border:0;background:none;vertical-align:middle"


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


def _row(*cells: str) -> str:
    made = "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells)
    return f"<tr>{made}</tr>"


def _bar(part: float, colour: str) -> str:
    wide = 100 * min(max(part, 0.0), 1.0) if not math.isnan(part) else 0.0
    return (
        '<div style="width:8em;height:.75em;border-radius:3px;background:rgba(128,128,128,.22)">'
        f'<div style="width:{wide:.1f}%;height:100%;border-radius:3px;background:{colour}">'
        "</div></div>"
    )


def _certificate(result: Result) -> str:
    proof = result.certificate
    if proof.kind == CertificateKind.NONE:
        return "none"
    words = {
        CertificateKind.KKT: f"primal and dual agree, gap {proof.relative_gap:.1e}",
        CertificateKind.FARKAS: f"Farkas ray, margin {proof.relative_gap:.1e}",
        CertificateKind.RAY: "feasible point and improving ray",
    }[proof.kind]
    return ("✓ " if proof.valid else "✗ ") + words


def _limit_row(one: Limit) -> str:
    what = f"{one.name} {one.resource}" if one.resource else one.name
    return _row(
        f'<span style="{_DIM}">{one.kind.name.lower()}</span>',
        escape(what),
        _bar(one.utilisation, _WARN if one.binding else "#4a7fb5"),
        f"{number(one.use)} of {number(one.limit)} {escape(one.unit)}",
        f"price {number(one.price)}",
    )


def result_card(result: Result) -> str:
    """The card of an answer."""
    if result.closed:
        return _card("Result", "closed", "#777", ())
    outcome, info = result.outcome, result.info
    figures = []
    if not math.isnan(result.objective):
        figures.append(("objective", number(result.objective)))
    figures += [
        ("certificate", _certificate(result)),
        ("method", f"{info.method or '–'}{', warm' if info.warm else ''}"),
        ("iterations", f"{info.iterations:,}"),
        ("seconds", f"{info.seconds:.3g}"),
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
    tiers = [(name, number(value)) for name, value in result.tiers.items()]
    totals = [("cost per hour", number(result.cost)), ("kW", number(result.energy))]
    missing = sorted((k for k in range(len(unmet)) if unmet[k] > 1e-9), key=lambda k: -unmet[k])
    rows = [
        _row(
            escape(result.name(Kind.DEMAND, k) or ""),
            f"{number(float(unmet[k]))} {escape(result.unit(Kind.DEMAND, k))} unmet",
            escape(result.note(k).partition(" unmet: ")[2]),
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
    rows = [_row(escape(str(change))) for change in repair.changes[:SHOWN]]
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
            f"{number(amount)} {escape(model.unit(Kind.RESOURCE, resource))} {escape(resource)}"
            for resource, amount in pool.capacity.items()
        )
        rows.append(_row(escape(name), f"{number(pool.count)} nodes", has))
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
