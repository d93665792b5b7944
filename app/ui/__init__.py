"""The window: pages that show the audit on the desk and turn what a person does into edits."""
