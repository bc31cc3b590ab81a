"""What any engine must do. A second engine subclasses `BackendContract` and passes."""

from tests.search.contract.doors import DoorsContract
from tests.search.contract.filters import FiltersContract
from tests.search.contract.leaving import LeavingContract
from tests.search.contract.opening import OpeningContract
from tests.search.contract.pages import PagesContract
from tests.search.contract.ranking import RankingContract
from tests.search.contract.territory import TerritoryContract
from tests.search.contract.text import TextContract
from tests.search.contract.visibility import VisibilityContract


class BackendContract(
    TextContract,
    TerritoryContract,
    LeavingContract,
    RankingContract,
    DoorsContract,
    FiltersContract,
    OpeningContract,
    VisibilityContract,
    PagesContract,
):
    """Subclass it with `backend` (and `index`, when the engine keeps its own)."""
