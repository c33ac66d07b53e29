"""The settings of the hub under test are no module: JupyterHub alone reads them."""

collect_ignore = ["jupyterhub_config.py"]
