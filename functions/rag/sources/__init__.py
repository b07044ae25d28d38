"""Files to blocks of text. Everything here runs in a process of its own, under limits: what it
reads was written by strangers."""
