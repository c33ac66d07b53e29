"""What a class needs besides on The Littlest JupyterHub: its folder ``jupyterhub_config.d`` takes this file.

Nothing of it is needed to start. It keeps one student from taking what all share.
"""

c = get_config()  # noqa: F821  # JupyterHub defines it

# Each library would start a thread for each core of the server, in each student's kernel.
threads = ("OMP", "OPENBLAS", "MKL", "NUMBA")
c.Spawner.environment.update({f"{name}_NUM_THREADS": "2" for name in threads})

# A kernel whose tab is closed goes after half an hour, long before the server around it. The notebook stays.
c.Spawner.args.extend([
    "--MappingKernelManager.cull_idle_timeout=1800",
    "--MappingKernelManager.cull_interval=300",
])

# Processes and threads of one student: a program that starts itself again and again ends here. One process
# gets less than all together: it is told MemoryError, and goes on.
c.SystemdSpawner.unit_extra_properties = {"TasksMax": "512", "LimitDATA": "1800000000"}
