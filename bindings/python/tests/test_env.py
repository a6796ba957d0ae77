"""Environments, their blocks, and controls in loops of the caller's own."""

from __future__ import annotations

import copy

import dcalloc
import pytest
from dcalloc import Outcome


def test_blocks_count_against_the_limit() -> None:
    env = dcalloc.Env(logger=None, memory_limit=10_000)
    empty = env.memory
    with env.block(1000) as block:
        assert len(block) == len(block.view) == 1000
        assert env.memory >= empty + 1000
        block.view[:4] = b"dcal"
        block.resize(2000)
        assert (len(block), bytes(block.view[:4])) == (2000, b"dcal")
        with pytest.raises(dcalloc.OutOfMemoryError, match="block of 20000 bytes"):
            block.resize(20_000)
        assert (len(block), bytes(block.view[:4])) == (2000, b"dcal")
        with pytest.raises(dcalloc.ArgumentError, match="0 bytes"):
            env.block(0)
    assert env.memory == empty
    with pytest.raises(dcalloc.StateError):
        block.view[0]


def test_a_block_outlives_its_environment() -> None:
    env = dcalloc.Env(logger=None)
    block = env.block(64)
    env.close()
    block.view[63] = 7
    block.resize(128)
    assert block.view[63] == 7
    block.close()


def test_a_loop_obeys_a_control() -> None:
    control = dcalloc.Control()
    control.set_work_limit(100)
    assert [control.poll(40) for _ in range(4)] == [
        Outcome.UNSOLVED,
        Outcome.UNSOLVED,
        Outcome.WORK_LIMIT,
        Outcome.WORK_LIMIT,
    ]
    control.set_work_limit(0)
    assert control.poll() == Outcome.UNSOLVED
    control.cancel()
    assert control.poll() == Outcome.INTERRUPTED
    control.reset()
    control.set_deadline(0)
    assert control.poll() == Outcome.TIME_LIMIT


def test_names_of_outcomes() -> None:
    names = [dcalloc.outcome_name(outcome) for outcome in Outcome]
    assert names == [outcome.name.lower() for outcome in Outcome]
    assert dcalloc.outcome_name("time_limit") == "time_limit"


def test_a_copy_of_a_result_is_one_more_owner() -> None:
    lp = dcalloc.Lp()
    lp.add_column("x", cost=1, lower=3)
    answer = lp.solve()
    other = copy.copy(answer)
    answer.close()
    assert other.objective == 3 and other.x.tolist() == [3]
    other.close()
    other.close()
