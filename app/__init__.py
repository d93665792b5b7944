"""Plumbline: a workbench for the Phase 1 orchestration audit of enterprise AI workflows."""

VERSION = "0.1.0"
