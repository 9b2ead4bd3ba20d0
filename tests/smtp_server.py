"""A small mail server on this machine for tests: takes mails, or answers as it is told."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Post:
    """What the server got. `refuse` maps a recipient to the reply given to it, `data` is the reply to a mail's end."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    data: str = "250 taken"


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        post: Post = self.server.post  # type: ignore[attr-defined]
        self._say("220 test")
        while line := self.rfile.readline():
            word = line.decode("utf-8", "replace").strip()
            command = word.upper()
            if command.startswith("EHLO"):
                self._say("250-test\r\n250-SMTPUTF8\r\n250 8BITMIME")
            elif command.startswith("RCPT"):
                address = word[word.index("<") + 1 : word.index(">")]
                reply = post.refuse.get(address, "250 ok")
                if reply.startswith("250"):
                    post.recipients.append(address)
                self._say(reply)
            elif command == "DATA":
                self._say("354 go on")
                self._take(post)
                self._say(post.data)
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")

    def _take(self, post: Post) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        if post.data.startswith("250"):
            post.mails.append(mail)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server() -> Iterator[Post]:
    """A server at 127.0.0.1 on a free port, until the end of the block."""
    post = Post()
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.post = post  # type: ignore[attr-defined]
        post.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield post
        server.shutdown()
        thread.join()
