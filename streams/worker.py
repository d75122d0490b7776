"""The worker as Faust finds it: ``faust -A streams.worker worker``. The one module with effects at import."""

from streams import config
from streams.runtime.app import Worker
from streams.runtime.installation import wanted
from streams.runtime.reaching import before_start

settings = config.load()
before_start(settings, [topic.name for topic in wanted(settings)])
worker = Worker(settings)
app = worker.app
