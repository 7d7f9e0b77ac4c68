"""Docker Compose: the same plan, each program in a container of its own."""

from vedette.export.compose.render import render
from vedette.model.component import Target

TARGET = Target(help="A folder for Docker Compose, profile `monitoring`.", render=render)
