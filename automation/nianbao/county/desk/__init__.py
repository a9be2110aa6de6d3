"""The desk page: the state of a whole county as one HTML file that needs nothing beside it. Only reads the desk."""

from nianbao.county.desk.page import pieces

__all__ = ["pieces"]
