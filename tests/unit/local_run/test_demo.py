from flow.engine.definition import compile_flow
from local import demo
from shared.tenancy import Tenant


def test_the_demo_flow_is_one_that_the_engine_takes() -> None:
    assert compile_flow(demo.flow()).name == "Apa kabar"


def test_the_demo_workspace_has_an_id_that_the_stores_take() -> None:
    Tenant(demo.WORKSPACE_ID)
