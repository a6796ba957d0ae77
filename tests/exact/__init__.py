"""The independent checker: MPS reader, implied bounds, and the judge in exact rationals."""
