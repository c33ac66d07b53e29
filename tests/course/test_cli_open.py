"""`snnlab open` with a real JupyterLab, as a reader without the repository has it."""

import json
import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from reader import busy_port, environment, install

from snnlab.course import ports
from snnlab.course.errors import CommandError
from snnlab.course.opening import lab, try_opening

CHAPTER = "02_leaky_integrate_and_fire.ipynb"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    return install(tmp_path_factory.mktemp("site"))


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home of Zoë"
    home.mkdir()
    return home


def snnlab(installed, home, *arguments, **more):
    """Run the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "snnlab", *arguments],
        env=environment(installed, home, **more),
        cwd=home.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=180,
    )


def is_silent(port):
    return ports.is_free(port) and try_opening._status(f"http://127.0.0.1:{port}/", "") == 0


@pytest.mark.slow
def test_check_opens_the_chapter_and_leaves_nothing_running(installed, home):
    port = ports.choose_port(None, first=18_200)
    run = snnlab(installed, home, "open", "--check", "--port", str(port))
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == f"{CHAPTER} opens at http://127.0.0.1:{port}/lab/tree/{CHAPTER}\n"
    assert is_silent(port)
    assert (home / "snnlab-course" / CHAPTER).is_file()


@pytest.mark.slow
def test_check_opens_where_the_home_cannot_be_written(installed, tmp_path):
    """The home is a file: JupyterLab's own folders then go beside the chapters."""
    (tmp_path / "home").touch()
    run = snnlab(installed, tmp_path / "home", "open", "poisson", "--check", "--dir", "my chapters")
    assert (run.returncode, run.stderr) == (0, "")
    assert (tmp_path / "my chapters" / ".snnlab" / "jupyter" / "runtime").is_dir()


@pytest.mark.slow
def test_the_readers_own_jupyter_configuration_does_not_get_in_the_way(installed, home):
    (home / ".jupyter").mkdir()
    (home / ".jupyter" / "jupyter_server_config.py").write_text(
        "c.IdentityProvider.token = 'secret'\nc.ServerApp.port = 1\nc.ServerApp.base_url = '/elsewhere'\n"
        "c.ServerApp.ip = '0.0.0.0'\n",
        encoding="utf-8",
    )
    run = snnlab(installed, home, "open", "--check")
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.slow
def test_check_shows_the_log_when_the_server_does_not_start(installed, home):
    """The reader's configuration names a class that does not exist."""
    (home / ".jupyter").mkdir()
    (home / ".jupyter" / "jupyter_server_config.py").write_text(
        "c.ServerApp.contents_manager_class = 'nowhere.Manager'\n", encoding="utf-8"
    )
    run = snnlab(installed, home, "open", "--check")
    assert run.returncode == 1
    assert run.stderr.startswith(f"JupyterLab did not show {CHAPTER}. Its last lines:\n")
    assert "nowhere" in run.stderr


@pytest.fixture
def server(installed, home):
    """`snnlab open` while it runs: its process, and a function that asks it for JSON."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # the tests run in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    port, token = ports.choose_port(None, first=18_300), "of-this-test"
    decoy = home / "data" / "kernels" / "python3"
    decoy.mkdir(parents=True)
    spec = {"argv": ["/another/python"], "display_name": "Another", "language": "python"}
    (decoy / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "snnlab", "open", "--no-browser", "--port", str(port)],
        env=environment(installed, home, JUPYTER_TOKEN=token, JUPYTER_DATA_DIR=str(home / "data")),
        cwd=home.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:

        def ask(path, method="GET"):
            request = Request(f"http://127.0.0.1:{port}/{path}", method=method)
            request.add_header("Authorization", f"token {token}")
            with urlopen(request, timeout=20) as answer:
                return json.loads(answer.read() or "null")

        try:
            yield SimpleNamespace(process=process, port=port, ask=ask, token=token)
        finally:
            if process.poll() is None:
                process.kill()


def wait_for(server):
    end = time.monotonic() + 90
    while time.monotonic() < end and server.process.poll() is None:
        try:
            return server.ask("api/status")
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the server did not answer")


@pytest.mark.slow
def test_the_server_is_set_up_for_the_course(server, home):
    wait_for(server)
    widgets = server.ask("lab/api/settings/@jupyter-widgets/jupyterlab-manager:plugin")
    assert widgets["schema"]["properties"]["saveState"]["default"] is True
    assert widgets["settings"] == {}
    news = server.ask("lab/api/settings/@jupyterlab/apputils-extension:notification")
    assert news["schema"]["properties"]["fetchNews"]["default"] == "false"
    assert news["schema"]["properties"]["checkForUpdates"]["default"] is False
    notebook = server.ask("lab/api/settings/@jupyterlab/notebook-extension:tracker")
    assert notebook["schema"]["properties"]["codeCellConfig"]["default"]["lineWrap"] is True
    kernels = server.ask("api/kernelspecs")
    assert kernels["default"] == "python3"
    assert kernels["kernelspecs"]["python3"]["spec"]["argv"][0] == "python"  # Jupyter's word for this Python
    assert not (home / ".jupyter").exists()  # the reader's own settings are as they were
    with pytest.raises(URLError):  # and nobody without the token gets in
        urlopen(f"http://127.0.0.1:{server.port}/api/contents", timeout=20)

    try_opening._stop(server.process, server.port, server.token)
    assert server.process.returncode == 0
    said = server.process.stdout.read()
    address = f"http://127.0.0.1:{server.port}/lab/tree/{CHAPTER}?token={server.token}"
    assert said.splitlines() == [
        f"{CHAPTER} opens in JupyterLab at {address}",
        f"Your chapters are in {home / 'snnlab-course'}. Ctrl-C stops JupyterLab.",
        f"JupyterLab has stopped. Your work is in {home / 'snnlab-course'}.",
    ]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console")
@pytest.mark.parametrize("when", ["at the start", "while it runs"])
def test_ctrl_c_stops_it_with_one_sentence(server, home, when):
    if when == "while it runs":
        wait_for(server)
        assert server.ask("api/kernels", method="POST")["name"] == "python3"
    first = server.process.stdout.readline()
    second = server.process.stdout.readline()  # from here on Ctrl-C may come
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(timeout=60) == 0
    rest = server.process.stdout.read()
    assert "opens in JupyterLab" in first and "Ctrl-C" in second
    assert rest == f"JupyterLab has stopped. Your work is in {home / 'snnlab-course'}.\n"
    assert is_silent(server.port)


# ---- the parts ---------------------------------------------------------------------------------------------


def test_the_kernel_is_this_python_whatever_else_is_called_python3(tmp_path, monkeypatch):
    from jupyter_client.manager import KernelManager

    decoy = tmp_path / "kernels" / "python3"
    decoy.mkdir(parents=True)
    spec = {"argv": ["/another/python"], "display_name": "Another", "language": "python"}
    (decoy / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert KernelManager(kernel_name="python3").format_kernel_cmd()[0] == "/another/python"
    lab.set_paths(os.environ)
    assert KernelManager(kernel_name="python3").format_kernel_cmd()[0] == sys.executable


@pytest.mark.parametrize("separator", [":", ";"])
def test_the_readers_search_paths_are_kept_behind_ours(monkeypatch, separator):
    monkeypatch.setattr(lab.os, "pathsep", separator)
    ours = str(lab.SETTINGS)
    environ = {"JUPYTER_PATH": separator.join(["here", ours, "there"])}
    lab.set_paths(environ)
    lab.set_paths(environ)
    assert environ == {"JUPYTER_PATH": separator.join([ours, "here", "there"]), "JUPYTER_CONFIG_PATH": ours}


@pytest.mark.parametrize(
    ("platform", "data"),
    [("linux", ".local/share/jupyter"), ("darwin", "Library/Jupyter"), ("win32", "AppData/jupyter")],
)
@pytest.mark.parametrize("writable", [True, False])
def test_jupyter_gets_folders_of_ours_only_where_it_has_none(tmp_path, monkeypatch, platform, data, writable):
    home, copy = tmp_path / "home", tmp_path / "copy"
    (copy / ".snnlab").mkdir(parents=True)
    home.mkdir() if writable else home.touch()
    for name in ("JUPYTER_DATA_DIR", "JUPYTER_PLATFORM_DIRS", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": home, "USERPROFILE": home, "APPDATA": home / "AppData"}.items():
        monkeypatch.setenv(name, str(value))
    environ = {}
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", platform)
        lab.set_up(environ, copy)
    if writable:
        assert (home / data).is_dir()
        assert "JUPYTER_DATA_DIR" not in environ
    else:
        assert environ["JUPYTER_DATA_DIR"] == str(copy / ".snnlab" / "jupyter")
        assert environ["IPYTHONDIR"] == str(copy / ".snnlab" / "ipython")


@pytest.mark.parametrize("system", ["posix", "nt"])
def test_a_port_is_free_or_busy(monkeypatch, system):
    monkeypatch.setattr(ports, "os", SimpleNamespace(name=system))
    with busy_port() as port:
        assert not ports.is_free(port)
        assert ports.choose_port(None, first=port) > port
        with pytest.raises(CommandError, match=f"port {port} is in use"):
            ports.choose_port(port, first=8888)
    monkeypatch.setattr(ports, "is_free", lambda port: True)  # any process may have taken it by now
    assert ports.choose_port(port, first=8888) == port


def test_no_port_is_free(monkeypatch):
    monkeypatch.setattr(ports, "is_free", lambda port: False)
    with pytest.raises(CommandError, match="8888 to 8987 are all in use"):
        ports.choose_port(None, first=8888)


@pytest.mark.parametrize("failure", [SystemExit(1), ValueError("no such setting")])
def test_a_server_that_fails_says_so_in_one_sentence(tmp_path, monkeypatch, failure):
    from jupyterlab.labapp import LabApp

    def fails(**_):
        raise failure

    monkeypatch.setattr(LabApp, "launch_instance", fails)
    with pytest.raises(CommandError, match=r"JupyterLab (could not start: no such|has stopped by itself)"):
        lab.run_lab(tmp_path, CHAPTER, 1, "t", browser=False)


def test_a_server_that_ignores_us_is_ended():
    """It answers no request and no terminate."""
    deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    code = f"import signal, time; {deaf}; print(1, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as server:
        server.stdout.readline()
        start = time.monotonic()
        try_opening._stop(server, port=1, token="", patience=0.3)
        assert server.returncode is not None
        assert time.monotonic() - start < 20


def test_an_address_can_hold_any_name():
    assert lab.address(8888, "02_x (edition 2026-11-25).ipynb").endswith(
        "/lab/tree/02_x%20%28edition%202026-11-25%29.ipynb"
    )
