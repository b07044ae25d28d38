"""People: their records, what is known of them, segments, imports and exports."""
