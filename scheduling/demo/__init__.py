"""Demo organisations of every dialect, with people of every role: where clients and tests start from."""

from scheduling.demo.demo import make
from scheduling.demo.scene import Ids, Scene

__all__ = ["Ids", "Scene", "make"]
