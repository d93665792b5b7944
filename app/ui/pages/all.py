"""The pages in the order of the job."""

from app.ui.late_pages import LatePages
from app.ui.page import Bench, Page
from app.ui.pages.conditions import ConditionsPage
from app.ui.pages.context import ContextPage
from app.ui.pages.deployments import DeploymentsPage
from app.ui.pages.edge_cases import EdgeCasesPage
from app.ui.pages.gaps import GapsPage
from app.ui.pages.history import HistoryPage
from app.ui.pages.log import LogPage
from app.ui.pages.overview import OverviewPage
from app.ui.pages.policies import PoliciesPage
from app.ui.pages.report import ReportPage
from app.ui.pages.risk import RiskPage
from app.ui.pages.roadmap import RoadmapPage
from app.ui.pages.scope import ScopePage
from app.ui.pages.screen import ScreenPage
from app.ui.pages.walk import WalkPage
from app.ui.pages.workflows import WorkflowsPage

ORDER: tuple[type[Page], ...] = (
    OverviewPage,
    ScreenPage,
    ScopePage,
    WorkflowsPage,
    WalkPage,
    ContextPage,
    PoliciesPage,
    ConditionsPage,
    GapsPage,
    DeploymentsPage,
    EdgeCasesPage,
    RiskPage,
    RoadmapPage,
    ReportPage,
    LogPage,
    HistoryPage,
)


def make_pages(bench: Bench) -> LatePages:
    """Prepare, audit, decide, session; the rail shows them in this order."""
    return LatePages(bench, ORDER)
