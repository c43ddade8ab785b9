"""What a run was measured on."""

import os
import platform
import resource
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def machine() -> dict[str, Any]:
    """memory_gb: of the machine, in 10^9 bytes; commit: of the checkout, with + when files were changed since."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "ortools": _version("ortools"),
        "commit": _commit(),
    }


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _commit() -> str:
    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    return git("rev-parse", "--short", "HEAD") + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")


def load() -> float:
    """Processes that wanted a core in the last minute, on average: what else the machine was doing."""
    return round(os.getloadavg()[0], 2)


def keep_to_cores(count: int) -> int:
    """Hold this process and its children to so many cores, where the system can; 0: all. Gives the number."""
    allowed = sorted(os.sched_getaffinity(0))[: count or None]
    os.sched_setaffinity(0, allowed)
    return len(allowed)


def peak_memory_mb(children: bool = False) -> float:
    """Largest resident memory of this process, or of its largest child, in 10^6 bytes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF).ru_maxrss
    return round(used * (1 if sys.platform == "darwin" else 1024) / 1e6, 1)
