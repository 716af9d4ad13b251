"""What follows from the same objects is worked out once, and never for others."""

from kiosk.domain.once import once_for


def test_it_is_worked_out_anew_for_other_objects_even_if_they_are_equal() -> None:
    made: list[int] = []

    @once_for(lambda hall, asked: (hall,))
    def length(hall: list[int], asked: str) -> int:
        made.append(len(hall))
        return len(hall)

    one, other = [1, 2], [1, 2]
    assert [length(one, "a"), length(one, "b"), length(other, "a"), length(one, "a")] == [2, 2, 2, 2]
    assert len(made) == 3, "equal is not the same, and only the last is kept"
    assert length.__wrapped__(one, "a") == 2  # type: ignore[attr-defined]
    assert len(made) == 4


def test_functions_remember_each_for_itself() -> None:
    @once_for(lambda hall: (hall,))
    def first(hall: list[int]) -> int:
        return hall[0]

    @once_for(lambda hall: (hall,))
    def last(hall: list[int]) -> int:
        return hall[-1]

    hall = [1, 2]
    assert (first(hall), last(hall), first(hall)) == (1, 2, 1)
