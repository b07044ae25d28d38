"""What a workspace uses: meters, the plans that limit them, and the months they are counted in."""
