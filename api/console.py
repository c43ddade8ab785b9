"""What the command line prints: words and tables for people, or one JSON object for programs."""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from solver.result import Progress

MOST_LINES = 40
"""Findings and violations shown before "and N more"."""
WIDE = 132
"""Columns for tables that go into a file or a pipe."""


class Output:
    """json: print nothing but the one object given to `result`; people's words then go nowhere."""

    def __init__(self, json: bool) -> None:
        self.json = json
        self.out = Console(quiet=json, highlight=False)
        if not self.out.is_terminal:
            self.out.width = max(self.out.width, WIDE)
        self.err = Console(stderr=True, highlight=False)

    def say(self, text: str = "", style: str = "") -> None:
        self.out.print(text, style=style, markup=False, soft_wrap=True)

    def lines(self, title: str, sentences: Iterable[str], style: str = "", most: int = MOST_LINES) -> None:
        """A titled list, shortened when long; nothing when empty."""
        found = list(sentences)
        if not found:
            return
        self.say(title, "bold")
        for sentence in found[:most]:
            self.say(f"  {sentence}", style)
        if len(found) > most:
            self.say(f"  and {len(found) - most} more")

    def table(self, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
        """The first column to the left, all others to the right."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        for number, column in enumerate(columns):
            table.add_column(column, justify="right" if number else "left")
        for row in rows:
            table.add_row(*(Text(str(cell)) for cell in row))
        self.out.print(table)

    def picture(self, renderable: RenderableType) -> None:
        self.out.print(renderable)

    def complain(self, problems: Iterable[str], hint: str = "") -> None:
        """What is wrong, on the error stream."""
        found = list(problems)
        for problem in found[:MOST_LINES]:
            self.err.print(problem, style="red", markup=False, soft_wrap=True)
        if len(found) > MOST_LINES:
            self.err.print(f"and {len(found) - MOST_LINES} more")
        if hint:
            self.err.print(hint, markup=False, soft_wrap=True)

    def result(self, content: dict[str, Any]) -> None:
        """The object that `--json` prints; nothing without it."""
        if self.json:
            sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")

    @contextmanager
    def progress(self, lessons: int) -> "Iterator[Follower]":
        """Follows a search while it runs, with a line on the error stream if that is a terminal."""
        follower = Follower(lessons)
        if not self.err.is_terminal:
            yield follower
            return
        with Live(get_renderable=follower.line, console=self.err, refresh_per_second=8, transient=True):
            yield follower


class Follower:
    """Keeps the last news of a search; lessons: how many are to be placed."""

    def __init__(self, lessons: int) -> None:
        self.lessons, self.begin = lessons, time.monotonic()
        self.last: Progress | None = None
        self.spinner = Spinner("dots")

    def __call__(self, progress: "Progress") -> None:
        self.last = progress

    def line(self) -> Spinner:
        news = "looking for a first timetable" if self.last is None else news_of(self.last, self.lessons)
        self.spinner.update(
            text=Text(f"{time.monotonic() - self.begin:4.0f} s  {news}  (Ctrl-C: keep the best so far)")
        )
        return self.spinner


def news_of(p: "Progress", lessons: int) -> str:
    """ "720 of 720 lessons, penalty 145, at least 90" """
    if p.objective is None:
        return "looking for a first timetable"
    broken = f", hard rules broken by {p.hard}" if p.hard else ""
    bound = f", at least {p.bound}" if p.bound else ""
    return f"{p.placed} of {lessons} lessons{broken}, penalty {p.objective}{bound}"
