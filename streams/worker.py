"""The worker as Faust finds it: ``faust -A streams.worker worker``. The one module with effects at import."""

from streams import config
from streams.contracts.topics import changelog_topic
from streams.runtime.app import Worker
from streams.runtime.reaching import before_start

settings = config.load()
before_start(settings, changelog_topic(settings.app_id).name)
worker = Worker(settings)
app = worker.app
