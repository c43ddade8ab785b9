"""Hall's condition by flow against trying every set of places."""

from random import Random

import pytest

from models.diagnose.flow import bits, shortage


def overfull(needs: dict[int, int], capacity: list[int], places: int) -> bool:
    """Whether the needs that can go nowhere but to the places are more than these hold."""
    inside = sum(units for mask, units in needs.items() if mask | places == places)
    return inside > sum(capacity[p] for p in bits(places))


def test_bits() -> None:
    assert list(bits(0b10110)) == [1, 2, 4]


def test_the_innocent_need_is_not_blamed() -> None:
    """3 units for places 0 and 1 of one unit each; the need for place 2 is met."""
    found = shortage({0b011: 3, 0b100: 1}, [1, 1, 1])
    assert found is not None
    assert (set(found.needs), found.places) == ({0b011}, 0b011)


@pytest.mark.parametrize("seed", range(200))
def test_agrees_with_every_set_of_places(seed: int) -> None:
    random = Random(seed)
    count = random.randint(1, 6)
    capacity = [random.randint(0, 2) for _ in range(count)]
    needs = {random.randrange(1, 1 << count): random.randint(1, 3) for _ in range(random.randint(1, 4))}
    found = shortage(needs, capacity)
    assert (found is not None) == any(overfull(needs, capacity, places) for places in range(1 << count))
    if found is not None:
        assert overfull(needs, capacity, found.places)
        assert sum(needs[m] for m in found.needs) > sum(capacity[p] for p in bits(found.places))
