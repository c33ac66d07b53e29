"""The settings of a JupyterHub under test; what differs from class to class stands in a file of JSON."""

import json
import os
import sys
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner

CLASS = json.loads(Path(os.environ["SNNLAB_TEST_CLASS"]).read_text(encoding="utf-8"))
FOLDER = Path(CLASS["folder"])


class OwnUser(LocalProcessSpawner):
    """Each student as another user. Limits of a process stand for those of a unit or of a container."""

    def make_preexec_fn(self, name):
        """Nothing: `start` names the user."""

    def user_env(self, env):
        env.update(USER=self.user.name, LOGNAME=self.user.name, HOME=str(self.home), SHELL="/bin/sh")
        return env

    @property
    def home(self):
        return FOLDER / "homes" / self.user.name

    async def start(self):
        words = ["prlimit", f"--data={CLASS['memory']}", "--core=0", "--"]
        if number := CLASS["students"][self.user.name]:
            words = ["setpriv", f"--reuid={number}", f"--regid={number}", "--clear-groups", "--", *words]
        self.cmd = [*words, CLASS["python"], "-m", "jupyterhub.singleuser"]
        log = (FOLDER / "logs" / f"{self.user.name}.txt").open("ab")
        self.popen_kwargs = {"cwd": self.home, "preexec_fn": None, "stdout": log, "stderr": log}
        return await super().start()


c = get_config()  # noqa: F821
c.JupyterHub.bind_url = f"http://127.0.0.1:{CLASS['port']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{CLASS['hub_port']}"
c.JupyterHub.db_url = f"sqlite:///{FOLDER / 'hub' / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(FOLDER / "hub" / "cookie_secret")
c.JupyterHub.pid_file = str(FOLDER / "hub" / "jupyterhub.pid")
# As The Littlest JupyterHub and Kubernetes have it: the proxy is another program, servers outlive the hub.
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{CLASS['api_port']}"
c.ConfigurableHTTPProxy.auth_token = CLASS["proxy_token"]
c.JupyterHub.cleanup_servers = False
c.JupyterHub.cleanup_proxy = False

c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = CLASS["password"]
c.Authenticator.allowed_users = set(CLASS["students"])
c.JupyterHub.spawner_class = OwnUser
c.Spawner.mem_limit = CLASS["memory"]  # told to the student's programs
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
c.Spawner.default_url = "/lab"
c.Spawner.args = ["--LabApp.expose_app_in_browser=True"]
c.Spawner.environment = {f"{name}_NUM_THREADS": "2" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA")}
c.LocalProcessSpawner.interrupt_timeout = 5
# What sends idle servers home has the rights that the hubs of the recipes give it. A test starts it.
c.JupyterHub.services = [{"name": "cull", "api_token": CLASS["cull_token"]}]
scopes = ["list:users", "read:users:activity", "read:servers", "delete:servers"]
c.JupyterHub.load_roles = [{"name": "cull", "scopes": scopes, "services": ["cull"]}]
if CLASS["python"] != sys.executable:
    c.Spawner.environment["PYTHONPATH"] = ""  # what the course was installed into finds it without ours
if CLASS["watch"]:
    c.JupyterHub.last_activity_interval = CLASS["watch"]
    c.Spawner.environment["JUPYTERHUB_ACTIVITY_INTERVAL"] = str(CLASS["watch"])
