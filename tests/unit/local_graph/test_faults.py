import pytest

from local.graph.bucket import Bucket, draw
from local.graph.faults import Fault, FaultScript


def script(*faults: Fault) -> FaultScript:
    made = FaultScript(lambda: 0.0)
    made.load(faults)
    return made


def test_without_a_fault_all_is_well() -> None:
    assert script().take().mode == "ok"


def test_a_fault_applies_to_the_next_sends() -> None:
    faults = script(Fault(mode="error", times=2))
    assert [faults.take().mode for _ in range(3)] == ["error", "error", "ok"]


def test_a_fault_without_times_stays_until_cleared() -> None:
    faults = script(Fault(mode="hang"))
    assert [faults.take().mode for _ in range(3)] == ["hang"] * 3
    faults.clear()
    assert faults.take().mode == "ok"


def test_a_script_runs_in_order() -> None:
    faults = script(Fault(mode="error", times=1), Fault(mode="ok", times=1), Fault(mode="delay"))
    assert [faults.take().mode for _ in range(4)] == ["error", "ok", "delay", "delay"]


@pytest.mark.parametrize(
    ("fault", "accepts", "sends_statuses"),
    [
        (Fault(mode="ok"), True, True),
        (Fault(mode="ok", statuses=False), True, False),
        (Fault(mode="drop_answer"), True, True),
        (Fault(mode="drop_answer", statuses=False), True, False),
        (Fault(mode="delay"), True, True),
        (Fault(mode="error"), False, False),
        (Fault(mode="error", statuses=True), True, True),
        (Fault(mode="hang"), False, False),
        (Fault(mode="hang", statuses=True), True, True),
    ],
)
def test_who_accepts_and_who_tells(fault: Fault, accepts: bool, sends_statuses: bool) -> None:
    assert (fault.accepts, fault.sends_statuses) == (accepts, sends_statuses)


def test_an_error_has_the_status_of_its_code_unless_told() -> None:
    assert Fault(mode="error", code=131016).error().http_status == 500
    assert Fault(mode="error", code=130429, http_status=429).error().http_status == 429
    assert Fault(mode="error").error().code == 131000


def test_a_bucket_passes_its_rate_and_fills_again() -> None:
    bucket: Bucket | None = None
    passed = []
    for at in (0.0, 0.0, 0.0, 0.5, 0.6):
        bucket, passes = draw(bucket, 2.0, at)
        passed.append(passes)
    assert passed == [True, True, False, True, False]


def test_no_rate_passes_nothing() -> None:
    assert draw(None, 0.0, 0.0)[1] is False


def test_the_pair_rate_is_counted_per_recipient() -> None:
    faults = script()
    pair = Fault(mode="throttle", rate=1, code=131056)
    assert [faults.throttles(pair, to) for to in ("a", "a", "b")] == [False, True, False]
    number = Fault(mode="throttle", rate=1)
    assert [faults.throttles(number, to) for to in ("a", "b")] == [False, True]
