"""Long work: a solve is a job of slices that survives the worker it runs on. `submit`, `find`, `cancel` for callers;
`Worker` (in `scheduling.jobs.worker`, which brings the engine along) does the work."""

from scheduling.jobs.asking import cancel, find, submit
from scheduling.jobs.wishes import Wishes

__all__ = ["Wishes", "cancel", "find", "submit"]
