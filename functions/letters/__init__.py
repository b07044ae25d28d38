"""Dead letters: filed under the workspace that each is of, shown, put back or dropped."""
