"""The open audit on a desktop: a document behind one Qt signal, workers, settings."""
