"""The report as data: the same to the byte wherever it is written."""

import pickle
from collections.abc import Mapping

from app.report.data import render_json
from app.report.model import Audience, ReportModel


def test_another_process_writes_the_same_bytes(models: Mapping[Audience, ReportModel]) -> None:
    for model in models.values():
        there = pickle.loads(pickle.dumps(model))
        assert there == model
        assert render_json(there) == render_json(model)
