"""One broker with SASL_SSL on a second listener and ACLs in force there; knows no news.

The first listener, in plain text, is the administrator's: its anonymous user is a superuser. What the tests try goes in
by the second, where nobody may do anything that no ACL allows. Certificates are made by openssl and are good for a day.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from streams.runtime.ports import free_port
from tests.kafka.artefacts import Unavailable
from tests.kafka.cluster import HOST, Cluster

PASSWORDS = {
    "worker": "worker-Zm9yLXRlc3Rz-1",
    "feeder": "feeder-Zm9yLXRlc3Rz-2",
    "desk": "desk-Zm9yLXRlc3Rz-3",
    "keeper": "keeper-Zm9yLXRlc3Rz-4",
    "nobody": "nobody-Zm9yLXRlc3Rz-5",
}
"""The users of the secure listener. All may come in; what they may do there, ACLs say."""


def openssl(*arguments: str) -> None:
    """Run openssl. Raises :class:`Unavailable` where there is none."""
    program = shutil.which("openssl")
    if program is None:
        raise Unavailable("no openssl on this machine to make certificates with")
    subprocess.run([program, *arguments], check=True, capture_output=True)


class Certificates:
    """An authority, a server's certificate for loopback signed by it, a client's, and a stranger's authority."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.authority = self._authority("authority")
        self.stranger = self._authority("stranger")
        self.server, self.server_key = self._signed("server", f"subjectAltName=IP:{HOST},DNS:localhost")
        self.elsewhere, self.elsewhere_key = self._signed("elsewhere", "subjectAltName=DNS:kafka.example")
        self.client, self.client_key = self._signed("client", "extendedKeyUsage=clientAuth")
        self.store = folder / "server-store.pem"
        self.store.write_text(self.server_key.read_text() + self.server.read_text() + self.authority.read_text())

    def _authority(self, name: str) -> Path:
        certificate = self._folder / f"{name}.pem"
        openssl(
            *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN=newswire tests {name}"),
            *("-keyout", str(self._folder / f"{name}.key"), "-out", str(certificate)),
        )
        return certificate

    def _signed(self, name: str, extension: str) -> tuple[Path, Path]:
        key, request = self._folder / f"{name}.key", self._folder / f"{name}.csr"
        certificate, extensions = self._folder / f"{name}.pem", self._folder / f"{name}.ext"
        extensions.write_text(extension + "\n")
        openssl(
            *("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}"),
            *("-keyout", str(key), "-out", str(request)),
        )
        openssl(
            *("x509", "-req", "-days", "1", "-in", str(request), "-extfile", str(extensions), "-CAcreateserial"),
            *("-CA", str(self.authority), "-CAkey", str(self._folder / "authority.key"), "-out", str(certificate)),
        )
        return certificate, key

    def locked_key(self, password: str) -> Path:
        """Return the client's key, locked with *password*."""
        locked = self._folder / "client-locked.key"
        openssl("rsa", "-aes256", "-passout", f"pass:{password}", "-in", str(self.client_key), "-out", str(locked))
        return locked


class SecuredBroker(Cluster):
    """``address``: plain text, for the administrator. ``secure``: SASL_SSL, with ACLs; PLAIN and both SCRAMs."""

    def __init__(self, folder: Path) -> None:
        self.certificates = Certificates(folder / "certificates")
        port = free_port()
        self.secure = f"{HOST}:{port}"
        super().__init__(folder, brokers=1)
        self._extra = tuple(self._lines(port))

    def _lines(self, port: int) -> Iterable[str]:
        # Where a key comes twice in the properties, the later one holds.
        vote, plain = self._votes[1], self._ports[1]
        users = " ".join(f'user_{name}="{password}"' for name, password in PASSWORDS.items())
        scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
        secure = "listener.name.secure"
        return (
            f"listeners=BROKER://{HOST}:{plain},CONTROLLER://{HOST}:{vote},SECURE://{HOST}:{port}",
            f"advertised.listeners=BROKER://{HOST}:{plain},SECURE://{HOST}:{port}",
            "listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL",
            f"{secure}.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
            f"{secure}.plain.sasl.jaas.config="
            f"org.apache.kafka.common.security.plain.PlainLoginModule required {users};",
            f"{secure}.scram-sha-256.sasl.jaas.config={scram}",
            f"{secure}.scram-sha-512.sasl.jaas.config={scram}",
            f"{secure}.ssl.keystore.type=PEM",
            f"{secure}.ssl.keystore.location={self.certificates.store}",
            f"{secure}.ssl.truststore.type=PEM",
            f"{secure}.ssl.truststore.location={self.certificates.authority}",
            f"{secure}.ssl.client.auth=requested",
            "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users=User:ANONYMOUS",
            "allow.everyone.if.no.acl.found=false",
            "connection.failed.authentication.delay.ms=50",
        )

    def make_scram_users(self) -> None:
        """Give every user a SCRAM credential too, with the same password."""
        from confluent_kafka.admin import (
            AdminClient,
            ScramCredentialInfo,
            ScramMechanism,
            UserScramCredentialUpsertion,
        )

        admin = AdminClient({"bootstrap.servers": self.address})
        for mechanism in (ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512):
            wanted = [
                UserScramCredentialUpsertion(name, ScramCredentialInfo(mechanism, 4096), password.encode())
                for name, password in PASSWORDS.items()
            ]
            for made in admin.alter_user_scram_credentials(wanted).values():  # a user may come once in a request
                made.result(timeout=30)

    def allow(self, lines: Iterable[str]) -> None:
        """Do what ``kafka-acls.sh`` lines say, as the administrator: the tool itself is not among the broker's jars."""
        from confluent_kafka.admin import AdminClient

        admin = AdminClient({"bootstrap.servers": self.address})
        wanted = [binding for line in lines for binding in bindings(line)]
        for made in admin.create_acls(wanted).values():
            made.result(timeout=30)


def bindings(line: str) -> list[Any]:
    """What one ``kafka-acls.sh --add`` line says, for an administrator's client."""
    from confluent_kafka.admin import AclBinding, AclOperation, AclPermissionType, ResourcePatternType, ResourceType

    program, *words = shlex.split(line)
    assert program == "kafka-acls.sh"
    said: dict[str, list[str]] = {}
    name = ""
    for word in words:
        if word.startswith("--"):
            said.setdefault(name := word, [])
        else:
            said[name].append(word)
    assert said.keys() >= {"--add", "--allow-principal", "--operation", "--bootstrap-server", "--command-config"}
    [principal] = said["--allow-principal"]
    named = [(kind, said[f"--{kind}"][0]) for kind in ("topic", "group") if f"--{kind}" in said]
    [(kind, resource)] = named or [("broker", "kafka-cluster") for _ in [said["--cluster"]]]
    pattern = said.get("--resource-pattern-type", ["literal"])[0]
    return [
        AclBinding(
            ResourceType[kind.upper()],
            resource,
            ResourcePatternType[pattern.upper()],
            principal,
            "*",
            AclOperation[re.sub(r"(?<=[a-z])(?=[A-Z])", "_", operation).upper()],
            AclPermissionType.ALLOW,
        )
        for operation in said["--operation"]
    ]
