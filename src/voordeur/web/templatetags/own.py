"""Drawings that the program itself made: QR codes as SVG."""

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def drawing(svg: str) -> SafeString:
    """An SVG of `adapters.qr`: it holds rectangles and numbers only, nothing that somebody wrote."""
    return mark_safe(svg)
