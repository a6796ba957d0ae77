"""Make a page and its pictures from record files.

    python3 -m bench.report RECORDS.jsonl... --out FOLDER [--page benchmarks.md] [--second RECORDS]

Each part of the bench has a module with `sections(records)`; pictures that their text names in
braces come from `draw(records, folder)`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.build import report as build
from bench.hot import pictures as hot_pictures
from bench.hot import report as hot
from bench.lp import records
from bench.report import lp, pictures

PICTURES = ("profiles", "ratios", "memory", "latency", "growth")
HEAD = """# Benchmarks

Made by `python3 -m bench.report` from the records of one run; what is measured and how is in
[bench/README.md]({readme}). {note}
"""


def page(
    measured: Sequence[records.Record],
    second: Sequence[records.Record],
    folder: Path,
    subject: str,
    note: str,
) -> str:
    """The page as text; pictures go into the folder `benchmarks` beside it."""
    place = folder / "benchmarks"
    drawn = {**pictures.draw(measured, place, subject), **hot_pictures.draw(measured, place)}
    made = lp.sections(measured, subject)
    if second:
        made.append(lp.between(measured, second, subject))
    made += [*hot.sections(measured), *build.sections(measured)]
    text = "\n".join(str(section) for section in made)
    for name in PICTURES:
        link = f"![{name}](benchmarks/{drawn[name].name})" if name in drawn else ""
        text = text.replace(f"{{{name}}}", link)
    return HEAD.format(readme="../bench/README.md", note=note).strip() + "\n\n" + text


def by_processor(measured: Sequence[records.Record]) -> list[records.Record]:
    """The same records with processor time as their time, and the wall clock beside it."""
    return [
        {**r, "seconds": r["processor_seconds"], "wall_seconds": r["seconds"]}
        if "processor_seconds" in r
        else r
        for r in measured
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("records", nargs="+", type=Path)
    parser.add_argument("--second", nargs="*", type=Path, default=[], help="the same, run again")
    parser.add_argument("--out", type=Path, required=True, help="folder")
    parser.add_argument("--page", default="benchmarks.md")
    parser.add_argument("--subject", default="dcalloc", help="whose ratios are shown")
    parser.add_argument(
        "--processor", action="store_true", help="processor time: for runs on a busy machine"
    )
    parser.add_argument("--note", default="", help="a sentence for the head of the page")
    given = parser.parse_args(arguments)
    try:
        measured, second = records.read(given.records), records.read(given.second)
    except OSError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    if given.processor:
        measured, second = by_processor(measured), by_processor(second)
        given.note = f"All times are processor time. {given.note}"
    given.out.mkdir(parents=True, exist_ok=True)
    text = page(measured, second, given.out, given.subject, given.note)
    (given.out / given.page).write_text(text, encoding="utf-8")
    print(given.out / given.page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
