# Two stages: the packages are installed in the first, only what runs goes into the second.
FROM python:3.11-slim AS build
COPY requirements.txt /tmp/
RUN python3 -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check -r /tmp/requirements.txt \
 && find /venv -type d -name tests -prune -exec rm -rf {} +
WORKDIR /app
COPY pyproject.toml LICENSE ./
COPY extractors extractors
COPY service service
RUN /venv/bin/python -m compileall -q extractors service

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data chitieu \
 && install -d -o chitieu /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 CHITIEU_HOST=0.0.0.0 CHITIEU_PORT=8000 CHITIEU_DATA_DIR=/data
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"CHITIEU_PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "service"]
CMD ["serve"]
