"""Runs the stand-in on loopback. Environment: PORT; LAG, in seconds, is how long what is written
takes to be found."""

from __future__ import annotations

import os

import uvicorn

from local.collection.app import application
from local.collection.collection import Collection


def main() -> None:
    app = application(Collection(float(os.environ.get("LAG", "0"))))
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")


if __name__ == "__main__":
    main()
