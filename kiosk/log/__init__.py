"""What a process tells those who keep a hall running: log events of one catalogue, and moments that can be compared."""

from kiosk.log.lines import set_up
from kiosk.log.moments import trace, trace_to

__all__ = ["set_up", "trace", "trace_to"]
