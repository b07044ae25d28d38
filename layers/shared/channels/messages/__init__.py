"""Everything that can be sent: a union of messages in Meta's own shape, told apart by `type`.

`validate` finds what WhatsApp would refuse and names the field. The functions in `simple`,
`choices`, `requests`, `products` and `template` build messages; `union` holds them all together.
"""

from __future__ import annotations

from shared.channels.messages.union import (
    CONTENT,
    INTERACTIVE,
    in_reply_to,
    kind_of,
    read_receipt,
    validate,
)

__all__ = ["CONTENT", "INTERACTIVE", "in_reply_to", "kind_of", "read_receipt", "validate"]
