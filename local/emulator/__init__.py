"""The local AWS: a pinned emulator, corrected where it differs from AWS in what Kabar uses."""
