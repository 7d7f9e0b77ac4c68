from vedette.lint.ours import names
from vedette.model.metric import Metric
from vedette.model.pack import Pack

QUEUE = Metric(name="srv:queue", kind="gauge", help="Waiting.", external=True)
PACKS = {"srv": Pack(title="Server", summary="s", metrics=(QUEUE,), signature=("srv:*",))}


def test_the_beginning_that_a_pack_is_known_by_is_its_programs():
    known = names(known=PACKS)
    assert known.owner("srv:anything") == "Server"
    assert known.owner("python_info") == "the Python client"
    assert known.owner("shop_orders_total") == ""


def test_a_module_brings_the_names_of_its_convention():
    assert "shop_front_operations_total" in names("shop-front").declared
    assert "shop_front_operations_total" not in names().declared


def test_a_module_that_breaks_the_convention_brings_none():
    assert names("9x", PACKS).declared == {"srv:queue": QUEUE}
