"""A load of people who come when they like: an open arrival process and a small HTTP/1.1 client, for `bench/submissions.py`.

Open means that arrivals do not wait for answers: a slow server meets ever more people, as on the last evening. The client is written
out on sockets, since a comfortable one would take more CPU than the server that it measures.
"""

import asyncio
import random
import re
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

CSRF = "k" * 32


@dataclass(frozen=True)
class Head:
    """Somebody who will sign: signed in already, one report before them."""

    obligation: int
    session: str
    version: int
    cell: str
    before: str
    after: str


@dataclass
class Seen:
    """What one arrival met. Seconds; `receipts` are the addresses that the signings led to (two, where it was pressed twice)."""

    save: float = 0.0
    page: float = 0.0
    sign: float = 0.0
    receipt: float = 0.0
    receipts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """Status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Browser:
    """One connection of one person, kept alive over their requests."""

    def __init__(self, host: str, port: int, head: Head) -> None:
        self._where = (host, port)
        self._cookies = f"kheo-session={head.session}; kheo-csrf={CSRF}"
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._where)
        reader, writer = self._streams
        more = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nX-CSRFToken: {CSRF}\r\n" if method == "POST" else ""
        host = f"{self._where[0]}:{self._where[1]}"
        writer.write(f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {self._cookies}\r\n{more}\r\n".encode() + body)
        status = int((await reader.readline()).split()[1])
        headers: dict[str, str] = {}
        while (line := (await reader.readline()).decode("latin-1").rstrip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        content = await self._body(reader, headers)
        if headers.get("connection", "").lower() == "close":
            await self.leave()
        return Answer(status, headers, content)

    async def _body(self, reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") == "chunked":
            parts = []
            while size := int(await reader.readline(), 16):
                parts.append(await reader.readexactly(size))
                await reader.readline()
            await reader.readline()
            return b"".join(parts)
        return await reader.readexactly(int(headers.get("content-length", "0")))

    async def leave(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None


async def visit(host: str, port: int, head: Head, presses_twice: bool, saves: bool) -> Seen:
    """What will be signed is looked at, it is signed, the receipt is read; with `saves` a last figure is typed before."""
    seen, browser = Seen(), Browser(host, port, head)
    address = f"/bao-cao/{head.obligation}/"
    try:
        if saves:
            await save(browser, head, address, seen)
        seen.page, answer = await timed(browser.ask("GET", f"{address}nop"))
        expect(seen, "page", answer, 200)
        found = re.search(rb'name="version" value="(\d+)"', answer.body)
        form = urlencode({"csrfmiddlewaretoken": CSRF, "version": found[1].decode() if found else "-1"}).encode()
        others = [press(host, port, head, f"{address}nop", form)] if presses_twice else []
        pressed = await asyncio.gather(press(host, port, head, f"{address}nop", form, browser), *others)
        seen.sign = max(seconds for seconds, _ in pressed)
        for _, answer in pressed:
            expect(seen, "sign", answer, 302)
            seen.receipts.append(answer.headers.get("location", ""))
        seen.receipt, answer = await timed(browser.ask("GET", seen.receipts[0] or address))
        expect(seen, "receipt", answer, 200)
        if b'class="receipt-number"' not in answer.body:
            seen.faults.append("receipt: no number on it")
    except (OSError, asyncio.IncompleteReadError, ValueError, IndexError) as fault:
        seen.faults.append(f"connection: {fault!r}")
    finally:
        await browser.leave()
    return seen


async def save(browser: Browser, head: Head, address: str, seen: Seen) -> None:
    """One changed cell, as the page's script sends it."""
    body = f'{{"cells": {{"{head.cell}": {{"before": "{head.before}", "after": "{head.after}"}}}}, "sections": {{}}}}'.encode()
    seen.save, answer = await timed(browser.ask("POST", f"{address}luu", body, "application/json"))
    expect(seen, "save", answer, 200)


async def press(host: str, port: int, head: Head, path: str, form: bytes, browser: Browser | None = None) -> tuple[float, Answer]:
    """Sends the form; the second press of an impatient hand comes over a connection of its own."""
    own = browser or Browser(host, port, head)
    result = await timed(own.ask("POST", path, form, "application/x-www-form-urlencoded"))
    if browser is None:
        await own.leave()
    return result


async def timed(waiting: Coroutine[Any, Any, Answer]) -> tuple[float, Answer]:
    began = perf_counter()
    result = await waiting
    return perf_counter() - began, result


def expect(seen: Seen, what: str, answer: Answer, status: int) -> None:
    if answer.status != status:
        seen.faults.append(f"{what}: {answer.status}")


async def arrive(host: str, port: int, heads: Sequence[Head], rate: float, twice: float, seed: int, saves: bool) -> list[Seen]:
    """Everybody comes once, by a Poisson process of `rate` a second; a share of `twice` presses the button twice at once."""
    chance = random.Random(seed)
    loop = asyncio.get_running_loop()
    began, due, tasks = loop.time(), 0.0, []
    for head in heads:
        due += chance.expovariate(rate)
        await asyncio.sleep(max(0.0, began + due - loop.time()))
        tasks.append(asyncio.create_task(visit(host, port, head, chance.random() < twice, saves)))
        if len(tasks) % 1000 == 0:
            print(
                f"  {len(tasks)} came after {loop.time() - began:.0f} s, {sum(not task.done() for task in tasks)} are being served",
                flush=True,
            )
    return list(await asyncio.gather(*tasks))
