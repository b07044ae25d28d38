"""What Bedrock says no with."""


class InvalidError(Exception):
    """A ValidationException."""


class UnreachableModelError(Exception):
    """The local model that was put behind the stand-in does not answer."""
