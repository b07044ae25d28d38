"""House constructs: one capability each."""
