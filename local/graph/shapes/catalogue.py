"""Interactive messages that show products."""

from typing import Annotated, Any, Literal, Self

from pydantic import model_validator

from local.graph import limits
from local.graph.shapes.interactive_parts import Body, Footer, Interactive, TextHeader
from local.graph.shapes.strict import Filled, Shape, at_most, count, invalid


class ProductAction(Shape):
    catalog_id: Filled
    product_retailer_id: Filled


class ProductMessage(Shape):
    """A single product has no header."""

    type: str
    body: Body | None = None
    footer: Footer | None = None
    action: ProductAction


class ProductItem(Shape):
    product_retailer_id: Filled


class ProductSection(Shape):
    title: Annotated[str, at_most(limits.SECTION_TITLE)]
    product_items: Annotated[list[ProductItem], count(1, limits.PRODUCTS_IN_ALL)]


class ProductListAction(Shape):
    catalog_id: Filled
    sections: Annotated[list[ProductSection], count(1, limits.PRODUCT_SECTIONS)]

    @model_validator(mode="after")
    def _products_over_all_sections(self) -> Self:
        if sum(len(section.product_items) for section in self.sections) > limits.PRODUCTS_IN_ALL:
            raise invalid(f"may hold {limits.PRODUCTS_IN_ALL} products over all sections")
        return self


class ProductListMessage(Shape):
    type: str
    header: TextHeader
    body: Body
    footer: Footer | None = None
    action: ProductListAction


class CatalogueAction(Shape):
    name: Literal["catalog_message"]
    parameters: dict[str, Any] | None = None


class CatalogueMessage(Interactive):
    action: CatalogueAction
