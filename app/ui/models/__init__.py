"""Qt models that translate the audit and hold none of it."""
