"""What fills the demo organisation of each dialect, as an explicit list; a dialect not named has people alone."""

from scheduling.demo import director
from scheduling.demo.scene import Fill

FILLS: dict[str, Fill] = {"director": director.fill}
