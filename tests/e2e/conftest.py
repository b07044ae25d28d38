from tests.running import api, meta, stack

__all__ = ["api", "meta", "stack"]
