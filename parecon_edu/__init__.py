"""Participatory economics, beside markets and central planning: models, figures and lessons."""
