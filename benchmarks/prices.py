"""The prices that costs are computed from: on-demand list prices in USD, us-east-1, November 2026.

Other regions cost up to a quarter more. Sources: AWS's price pages through public copies; the
column for Cloudflare from its own price pages.
"""

from __future__ import annotations

from typing import Final

USD_PER_MILLION: Final[dict[str, float]] = {
    "dynamodb_write_unit": 0.625,
    "dynamodb_read_unit": 0.125,
    "sqs_fifo_request": 0.50,
    "sqs_standard_request": 0.40,
    "http_api_request": 1.00,
    "lambda_request": 0.20,
}
LAMBDA_ARM_GB_SECOND: Final = 0.0000133334

CLOUDFLARE_USD_PER_MILLION: Final[dict[str, float]] = {
    "worker_request": 0.30,
    "queue_operation": 0.40,
    "d1_row_written": 1.00,
    "kv_write": 5.00,
}
