"""Drawings that the program itself made: QR codes and instalments as SVG."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from voordeur.store.queries.arrangements import ArrangementView
from voordeur.web import own_plan

register = template.Library()


@register.filter
def drawing(svg: str) -> SafeString:
    """An SVG of `adapters.qr`: it holds rectangles and numbers only, nothing that somebody wrote."""
    return mark_safe(svg)


@register.filter
def blocks(view: ArrangementView) -> SafeString:
    """The instalments of an arrangement as a row of blocks."""
    return own_plan.blocks(view.instalments)
