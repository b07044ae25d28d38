"""The whole of Kabar on one machine. Nothing under `functions/` or `layers/` knows of it."""
