"""Building the demo, through the rooms' own actions only."""

from kheo.demo.actions.building import DemoResult, build_demo
from kheo.demo.actions.claiming import DemoRefusal
from kheo.demo.plan.story import Stage

__all__ = ["DemoRefusal", "DemoResult", "Stage", "build_demo"]
