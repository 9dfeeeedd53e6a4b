"""One window in three engines: Chromium, Firefox, and the WebKit that an iPhone's Safari is built on.

Chromium is driven by Playwright. The others are Debian's own, as readers have them, and speak
WebDriver (https://www.w3.org/TR/webdriver2): WebKit by its driver, Firefox by Marionette, the
same commands on a socket.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from glob import glob
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from playwright.sync_api import Page

ENGINES = ("chromium", "firefox", "webkit")
PATIENCE = 20
"""Seconds until a browser must have started, or a page must have changed."""
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c"}
"""What WebDriver calls the keys."""

Send = Callable[[str, dict[str, Any]], Any]
"""Sends a command of WebDriver, by its name there, and returns its value."""


class Window(ABC):
    """What the tests do in a browser; `script` is an expression, whose promise is awaited."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None: ...

    @abstractmethod
    def goto(self, name: str) -> None:
        """Open a page of the book."""

    @abstractmethod
    def evaluate(self, script: str) -> Any: ...

    @abstractmethod
    def until(self, script: str) -> None:
        """Wait until it is true."""

    @abstractmethod
    def press(self, key: str) -> None: ...

    def focus(self, selector: str) -> None:
        self.evaluate(f"document.querySelector({json.dumps(selector)}).focus()")

    def fill(self, selector: str, text: str) -> None:
        """Have the text stand in a box, as if it were typed."""
        self.focus(selector)
        self.evaluate(f"void (document.activeElement.value = {json.dumps(text)})")
        self.evaluate("document.activeElement.dispatchEvent(new Event('input'))")


class PlaywrightWindow(Window):
    """Chromium's, around a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def goto(self, name: str) -> None:
        self.page.goto(name)

    def evaluate(self, script: str) -> Any:
        return self.page.evaluate(script)

    def until(self, script: str) -> None:
        self.page.wait_for_function(script)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)


class WebDriverError(RuntimeError):
    """What a browser says when it cannot do what it was asked."""


class WebDriverWindow(Window):
    """A page in a frame: the windows themselves do not become as narrow as a phone."""

    def __init__(self, send: Send, address: str) -> None:
        self.send = send
        self.address = address
        self.send("SetWindowRect", {"width": 1400, "height": 1100})
        self.size = (1280, 900)
        self.goto("robots.txt")

    def resize(self, width: int, height: int) -> None:
        self.size = (width, height)
        self.evaluate(f"void (frameElement.style = 'border: 0; {self._box()}')")

    def _box(self) -> str:
        width, height = self.size
        return f"width: {width}px; height: {height}px"

    def goto(self, name: str) -> None:
        self.send("SwitchToFrame", {"id": None})
        self.send("Navigate", {"url": f"{self.address}robots.txt"})  # of the same origin, and bare
        self._run(f"""return new Promise(done => {{
          document.body.style.margin = 0
          const frame = document.createElement('iframe')
          frame.style = 'border: 0; {self._box()}'
          frame.src = '{self.address}{name}'
          frame.onload = () => done(frame.contentWindow.focus())
          document.body.replaceChildren(frame)
        }})""")
        self.send("SwitchToFrame", {"id": 0})

    def _run(self, function_body: str) -> Any:
        return self.send("ExecuteScript", {"script": function_body, "args": []})

    def evaluate(self, script: str) -> Any:
        return self._run(f"return ({script})")

    def until(self, script: str) -> None:
        wait_for(lambda: self.evaluate(script), script)

    def press(self, key: str) -> None:
        value = KEYS[key]
        strokes = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": strokes}
        self.send("PerformActions", {"actions": [keyboard]})


def wait_for(condition: Callable[[], Any], name: str) -> None:
    """Try until it holds; what is not there yet does not hold."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if condition():
                return
        except (OSError, WebDriverError):
            pass
        time.sleep(0.05)
    raise TimeoutError(f"not within {PATIENCE} seconds: {name}")


@contextmanager
def program(*command: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A program that runs beside the tests and ends with them."""
    with subprocess.Popen(
        command,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def find_firefox() -> str:
    """Where it is. Raises FileNotFoundError, with how to install it."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    is_snap = Path("/snap/bin/firefox").exists() and path != shutil.which("firefox-esr")
    if not path or is_snap:  # a snap does not see the profile that it is given
        raise FileNotFoundError("no Firefox is installed: apt-get install firefox-esr")
    return path


def find_webkit() -> tuple[str, str, str]:
    """Its driver, its small browser and a screen that nobody sees. Raises FileNotFoundError."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browser = next(iter(glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")), None)
    if not (driver and browser and screen):
        raise FileNotFoundError("no WebKit is installed: apt-get install webkit2gtk-driver xvfb")
    return driver, browser, screen


@contextmanager
def firefox() -> Iterator[Send]:
    """Firefox without a window, with a profile of its own."""
    path = find_firefox()
    with ExitStack() as stack:
        profile = stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
        Path(profile, "user.js").write_text('user_pref("marionette.port", 0);', encoding="utf-8")
        options = ("--headless", "--marionette", "--no-remote", "--profile", profile)
        stack.enter_context(program(path, *options, HOME=profile))
        port = Path(profile, "MarionetteActivePort")
        wait_for(lambda: port.exists() and port.read_text(), "Firefox starts")
        connection = stack.enter_context(
            socket.create_connection(("127.0.0.1", int(port.read_text())))
        )
        stream = stack.enter_context(connection.makefile("rwb"))

        def receive() -> Any:
            length = b""
            while (byte := stream.read(1)) != b":":
                length += byte
            return json.loads(stream.read(int(length)))

        def send(name: str, parameters: dict[str, Any]) -> Any:
            message = json.dumps([0, 1, f"WebDriver:{name}", parameters]).encode()
            stream.write(b"%d:%s" % (len(message), message))
            stream.flush()
            *_, error, result = receive()
            if error:
                raise WebDriverError(error["message"])
            return result.get("value")

        receive()  # what it is
        send("NewSession", {})
        yield send


@contextmanager
def webkit() -> Iterator[Send]:
    """WebKit, with nothing kept from one start to the next."""
    driver, browser, screen = find_webkit()
    paths = {"SwitchToFrame": "frame", "Navigate": "url", "ExecuteScript": "execute/sync"}
    paths |= {"SetWindowRect": "window/rect", "PerformActions": "actions"}
    with ExitStack() as stack:
        shown = stack.enter_context(
            program(screen, "-displayfd", "1", "-screen", "0", "1600x1200x24")
        )
        assert shown.stdout
        display = f":{shown.stdout.readline().strip()}"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        stack.enter_context(program(driver, f"--port={port}", DISPLAY=display))
        address = f"http://127.0.0.1:{port}"

        def ask(method: str, path: str, parameters: dict[str, Any] | None = None) -> Any:
            data = None if parameters is None else json.dumps(parameters).encode()
            try:
                with urlopen(Request(address + path, data, method=method)) as answer:
                    return json.load(answer)["value"]
            except HTTPError as error:
                raise WebDriverError(json.load(error)["value"]["message"]) from None

        wait_for(lambda: ask("GET", "/status")["ready"], "WebKit's driver starts")
        options = {"binary": browser, "args": ["--automation"]}
        capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        session = f"/session/{ask('POST', '/session', {'capabilities': capabilities})['sessionId']}"
        stack.callback(ask, "DELETE", session)
        yield lambda name, parameters: ask("POST", f"{session}/{paths[name]}", parameters)
