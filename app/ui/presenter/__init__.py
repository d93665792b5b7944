"""The wall: a published view for everybody in the room, drawn large and knowing nothing else."""
