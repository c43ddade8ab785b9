"""The domains of `models.domains`, under the name the solver uses them by."""

from models.domains import Domains, Resource

__all__ = ["Domains", "Resource"]
