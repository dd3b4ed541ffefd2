"""The gate sees faults of every class in our own texts; `python -m tests.bench.gate_faults` measures all of them."""

from tests.bench.gate_faults import shares

# What is cut short, or is the Welsh of another text, looks right in itself.
HARD = {"cut to a third", "Welsh of another text"}
FEW = 4


def test_nearly_all_faults_of_every_class_are_found_in_a_sample() -> None:
    counted = shares(every=120)
    assert len(counted) > 25
    missed = {
        fault: f"{share.found} of {share.planted}"
        for fault, share in counted.items()
        if share.planted >= FEW and share.found / share.planted < (0.4 if fault in HARD else 0.8)
    }
    assert missed == {}
