"""What is handed out before a session or hung up in the room."""
