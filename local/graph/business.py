"""The business number that customers write to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Business:
    name: str
    phone_number_id: str
    waba_id: str
    display_phone_number: str

    @property
    def digits(self) -> str:
        """The phone number without `+`, spaces and dashes."""
        return "".join(char for char in self.display_phone_number if char.isdigit())
