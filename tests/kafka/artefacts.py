"""Apache Kafka's own jars, fetched by Maven once and kept; starts nothing.

Raises :class:`Unavailable` with the reason where there is no Java, no Maven or no way to the repository.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "4.1.0"
CACHE_VARIABLE = "NEWSWIRE_KAFKA_CACHE"
FETCH_SECONDS = 180
LEAST_JAVA = 17

# Taken out of the environment: the product refuses a NEWSWIRE_ variable that is no setting of its own.
_chosen = os.environ.pop(CACHE_VARIABLE, None)
CACHE = Path(_chosen) if _chosen else Path.home() / ".cache" / "newswire-streams" / f"kafka-{VERSION}"

_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>newswire</groupId><artifactId>kafka-for-tests</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
"""


class Unavailable(Exception):
    """No cluster can be had on this machine; the message says why."""


_refused: list[Unavailable] = []
"""Why the jars could not be fetched: each fixture asks, and waiting for the same answer once is enough."""


def java() -> str:
    """Return the java to run brokers with. Raises :class:`Unavailable`."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin" if home else None) or shutil.which("java")
    if found is None:
        raise Unavailable(f"no java on this machine: Apache Kafka {VERSION} needs Java {LEAST_JAVA} or later")
    said = subprocess.run([found, "-XshowSettings:properties", "-version"], capture_output=True, text=True).stderr
    version = next((line.split("=")[1] for line in said.splitlines() if "java.specification.version" in line), "0")
    if int(version.strip().removeprefix("1.").split(".")[0]) < LEAST_JAVA:
        raise Unavailable(f"java is version {version.strip()}: Apache Kafka {VERSION} needs {LEAST_JAVA} or later")
    return found


def jars() -> Path:
    """Return the folder of the jars, fetched at the first call on this machine. Raises :class:`Unavailable`."""
    libs, done = CACHE / "libs", CACHE / ".complete"
    if not done.exists():
        if _refused:
            raise _refused[0]
        try:
            _fetch(libs)
        except Unavailable as reason:
            _refused.append(reason)
            raise
        done.touch()
    return libs


def _fetch(libs: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable(f"no Maven (mvn) to fetch Apache Kafka {VERSION} with, and none in {CACHE}")
    print(f"fetching Apache Kafka {VERSION} (45 MB, this once) into {CACHE}", file=sys.stderr, flush=True)
    libs.mkdir(parents=True, exist_ok=True)
    pom = CACHE / "pom.xml"
    pom.write_text(_POM)
    command = [maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", f"-DoutputDirectory={libs}"]
    command += ["-DincludeScope=runtime"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_SECONDS)
    except subprocess.TimeoutExpired:
        raise Unavailable(f"Maven did not fetch Apache Kafka {VERSION} within {FETCH_SECONDS} s") from None
    if ran.returncode != 0:
        words = next((line for line in ran.stdout.splitlines() if "ERROR" in line), ran.stdout[-300:])
        raise Unavailable(f"Maven did not fetch Apache Kafka {VERSION}: {words}")
