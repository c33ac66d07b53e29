"""What two programs of others know of the settings that our recipes use: their names and kinds, as looked up.

`CHART` is of the chart of Zero to JupyterHub 4.4.0 (``values.schema.yaml``; what stands below ``hub.config``
are traits of JupyterHub 5.5 and oauthenticator 17), `LITTLEST` of The Littlest JupyterHub 2.0
(``config_schema.py``).
"""

__all__ = ["CHART", "LITTLEST"]

CHART = {
    "singleuser.image.name": str,
    "singleuser.image.tag": str,
    "singleuser.defaultUrl": str,
    "singleuser.startTimeout": int,
    "singleuser.memory.guarantee": str,
    "singleuser.memory.limit": str,
    "singleuser.cpu.guarantee": float,
    "singleuser.cpu.limit": int,
    "singleuser.extraEnv": dict,
    "singleuser.storage.capacity": str,
    "singleuser.storage.homeMountPath": str,
    "singleuser.cmd": list,
    "hub.concurrentSpawnLimit": int,
    "hub.activeServerLimit": int,
    "hub.resources": dict,
    "hub.config.JupyterHub.authenticator_class": str,
    "hub.config.JupyterHub.admin_access": bool,
    "hub.config.Authenticator.admin_users": list,
    "hub.config.GoogleOAuthenticator.allow_all": bool,
    "hub.config.GoogleOAuthenticator.hosted_domain": list,
    "hub.config.GoogleOAuthenticator.client_id": str,
    "hub.config.GoogleOAuthenticator.client_secret": str,
    "hub.config.GoogleOAuthenticator.oauth_callback_url": str,
    "proxy.chp.resources": dict,
    "proxy.https.enabled": bool,
    "proxy.https.type": str,
    "proxy.https.hosts": list,
    "proxy.https.letsencrypt.contactEmail": str,
    "cull.enabled": bool,
    "cull.timeout": int,
    "cull.every": int,
    "cull.concurrency": int,
    "cull.maxAge": int,
    "scheduling.userScheduler.enabled": bool,
    "scheduling.podPriority.enabled": bool,
    "scheduling.userPlaceholder.enabled": bool,
    "scheduling.userPlaceholder.replicas": int,
    "prePuller.hook.enabled": bool,
    "prePuller.continuous.enabled": bool,
}

LITTLEST = {
    "https.enabled": ("set", bool),
    "https.letsencrypt.email": ("set", str),
    "https.letsencrypt.domains": ("add-item", str),
    "users.allowed": ("add-item", str),
    "limits.memory": ("set", str),
    "limits.cpu": ("set", int),
    "services.cull.timeout": ("set", int),
    "services.cull.every": ("set", int),
    "services.cull.max_age": ("set", int),
}
