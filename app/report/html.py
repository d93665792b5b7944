"""The report as one HTML file: inline pictures and styles, no script, made to be printed too."""

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from app.report.layout import laid_out
from app.report.model import ReportModel
from app.resource import resource


def render_html(model: ReportModel) -> str:
    """HTML text; every value is escaped, only the program's own SVG is taken as it is."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(str(resource("templates"))),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["drawn"] = Markup
    return environment.get_template("report.html").render(laid_out(model))
