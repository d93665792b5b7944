"""What every test may count on: no display needed, fair Hypothesis runs, the public data."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# Set before Qt is first imported, which pytest-qt does when the session is configured.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A shared machine may stall for seconds, so time says nothing about an example.
settings.register_profile(
    "plumbline", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("plumbline")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def golden() -> Path:
    """Figures and texts that were looked at once and must not change unseen."""
    return ROOT / "tests" / "golden"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The public data sets beside the project; tests that ask for them are marked `realdata`."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the public data sets are not at {folder}")
    return folder
