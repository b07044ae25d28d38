"""A session is JSON between two events."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flow.engine.session import Session, from_json, to_json

_json: Any = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=10,
)


@given(
    st.builds(
        Session,
        flow=st.text(),
        version=st.integers(1),
        node=st.text(),
        correlation=st.none() | st.text(),
        variables=st.dictionaries(st.text(), _json),
        events=st.integers(0),
    )
)
def test_round_trip(session: Session) -> None:
    assert from_json(json.loads(json.dumps(to_json(session)))) == session
