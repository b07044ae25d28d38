"""A pin on the map."""

from typing import Annotated

from pydantic import Field

from local.graph.shapes.strict import Shape


class LocationContent(Shape):
    """Coordinates in degrees; numbers and numeric strings both pass."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    name: str | None = None
    address: str | None = None
