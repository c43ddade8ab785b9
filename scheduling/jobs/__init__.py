"""Long work: a solve is a job of slices that survives the worker it runs on; a task (`scheduling.tasks`) is a job of
one slice. `submit`, `submit_task`, `find`, `cancel` for callers;
`Worker` (in `scheduling.jobs.worker`, which brings the engine along) does the work."""

from scheduling.jobs.asking import cancel, find, listed, material_of, submit, submit_task
from scheduling.jobs.wishes import Wishes

__all__ = ["Wishes", "cancel", "find", "listed", "material_of", "submit", "submit_task"]
