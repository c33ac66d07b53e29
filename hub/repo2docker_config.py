"""The same image by repo2docker, from ``environment.yml``. In the clone:

    repo2docker --config hub/repo2docker_config.py .

Binder makes its image of the same file, without what follows. The repository lies outside of the home, which
a hub on Kubernetes hides behind the student's own volume. The server works in that home: what is saved
elsewhere ends with the container. And the course is installed a second time, as a wheel, with the WebAssembly
of its panels in it.
"""

c = get_config()  # noqa: F821  # repo2docker defines it

c.Repo2Docker.user_id = 1000  # whose the volume is, whoever makes the image
c.Repo2Docker.user_name = "student"
c.Repo2Docker.target_repo_dir = "/srv/course"
c.Repo2Docker.appendix = """
ENV NUMBA_CPU_NAME=x86-64-v3 NUMBA_CPU_FEATURES=
RUN pip install --no-cache-dir --constraint constraints.txt ".[course,hub]"
RUN sh hub/prepare.sh

USER root
RUN install --directory --owner student --group student /srv/student
ENV HOME=/srv/student
WORKDIR /srv/student
USER student
"""
