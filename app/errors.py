"""The few errors a person can meet: what happened, what is safe, what to do, in a sentence."""


class PlumblineError(Exception):
    """Anything a person can mend. Every other exception is a bug."""

    @property
    def sentence(self) -> str:
        return str(self)


class EditError(PlumblineError):
    """An edit contradicts the record; nothing has been changed."""

    def __init__(self, sentence: str, what: str = "") -> None:
        super().__init__(sentence)
        self.what = what or sentence
        """What contradicts, without what is safe and what to do."""


class FileError(PlumblineError):
    """The document file could not be opened, read or written."""


class TooNew(FileError):
    """The file was written by a newer program; it may be opened for reading."""


class Damaged(FileError):
    """Pages or entries of the file are broken."""


class Locked(FileError):
    """Somebody else is writing in this file; it may be opened for reading."""


class NotAnAudit(FileError):
    """The file is something else."""


class WriteFailed(FileError):
    """The change could not be written; file and memory are as before."""


class ImportFailed(PlumblineError):
    """An incoming file could not be used; nothing has been taken."""


class ExportFailed(PlumblineError):
    """An outgoing file could not be made; nothing half-written is left."""
