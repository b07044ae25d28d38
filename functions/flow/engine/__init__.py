"""The flow engine: `step(find, session, event, …) -> Step(session, effects)`.

Pure: no clock, no network, no store. Production, the tests and the simulator run this function.
docs/flows.md tells what it runs.
"""
