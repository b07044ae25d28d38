"""The flow engine: `step(flow, session, event, ...) -> (session', effects)`.

Pure: no clock, no network, no store. Production, the tests and the simulator run this function.
"""
