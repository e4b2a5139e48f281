"""The process that works on jobs: it takes a case, answers it, writes the answer, and takes the next.

It ends when its server is gone (its standard input closes), when nothing has been waiting for a while, and when a case
takes longer than a case may: the alarm ends the process, and the case counts as tried.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from pathlib import Path

IDLE = 30.0  # seconds without work until the process ends
LONGEST = 120  # seconds a case may take
_PAUSE = 0.5


def main(arguments: list[str]) -> int:
    """Work for the installation at a path until nothing is left to do.

    Args:
        arguments: The path, and the name of this worker in the table.
    """
    from ..logs import to_lines
    from ..store import Home
    from .answering import Answering
    from .table import Table

    to_lines()
    home, name = Home(Path(arguments[0])), arguments[1]
    table, answering, idle = Table(home.jobs / "jobs.sqlite"), Answering(home), 0.0
    while idle < IDLE and not _alone(0 if idle == 0 else _PAUSE):
        signal.alarm(LONGEST)
        case = table.take(name)
        if case is None:
            idle += _PAUSE
            continue
        table.finish(case.job, answering.answer(case))
        idle = 0.0
    return 0


def _alone(wait: float) -> bool:
    """Return whether the server is gone, waiting for that a moment."""
    ready, _, _ = select.select([0], [], [], wait)
    return bool(ready) and not os.read(0, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
