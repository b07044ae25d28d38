"""The limits that Meta enforces on a number and its portfolio (sections 6.1 to 6.5), as knobs."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Rate = Annotated[float, Field(gt=0, le=1_000_000)]


class Rules(BaseModel):
    """None switches a limit off. `throughput` is in messages per second, both ways together;
    `pair_burst` how many messages to one person may go at once, of which one comes back every
    `pair_seconds`; `window_hours` how long a customer's message lets anything be sent; `tier` how
    many people may be written to outside their windows in 24 hours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    throughput: Rate | None = 80
    pair_burst: Annotated[int, Field(ge=1)] | None = 45
    pair_seconds: Annotated[float, Field(gt=0)] = 6
    window_hours: Annotated[float, Field(gt=0)] | None = 24
    tier: Annotated[int, Field(ge=0)] | None = 100_000


class RulesChange(BaseModel):
    """Only what is named changes."""

    model_config = ConfigDict(extra="forbid")

    throughput: Rate | None = None
    pair_burst: Annotated[int, Field(ge=1)] | None = None
    pair_seconds: Annotated[float, Field(gt=0)] | None = None
    window_hours: Annotated[float, Field(gt=0)] | None = None
    tier: Annotated[int, Field(ge=0)] | None = None

    def named(self) -> dict[str, float | int | None]:
        return self.model_dump(include=self.model_fields_set)
