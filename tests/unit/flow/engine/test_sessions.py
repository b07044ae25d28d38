"""A session is JSON between two events."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flow.engine.session import Frame, Session, Waiting, from_json, to_json

_json: Any = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=10,
)


_frames = st.builds(
    Frame,
    flow=st.text(),
    version=st.integers(1),
    node=st.text(),
    variables=st.dictionaries(st.text(), _json),
)


@given(
    st.builds(
        Session,
        id=st.text(),
        frames=st.lists(_frames, min_size=1, max_size=3).map(tuple),
        waiting=st.builds(
            Waiting,
            awaited=st.sampled_from(["customer", "action", "time", "person"]),
            correlation=st.text(),
            deadline=st.none() | st.integers(0),
            tries=st.integers(0),
        ),
        events=st.integers(0),
        started_at=st.integers(0),
        active_at=st.integers(0),
        silenced=st.booleans(),
        message=st.dictionaries(st.text(), _json),
        held=st.none() | st.dictionaries(st.text(), _json),
    )
)
def test_round_trip(session: Session) -> None:
    assert from_json(json.loads(json.dumps(to_json(session)))) == session
