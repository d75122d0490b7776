"""Draws the README's pictures from real runs; nothing in them is made up."""
