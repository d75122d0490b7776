"""The worker as Faust finds it: ``faust -A streams.worker worker``. The one module with effects at import."""

from streams import config
from streams.runtime.app import Worker

worker = Worker(config.load())
app = worker.app
