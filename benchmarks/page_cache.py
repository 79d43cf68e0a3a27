"""A kept page against one that is rendered, and nginx's kept page against a file.

    .venv/bin/python benchmarks/page_cache.py [--database sqlite|postgres] [--size 10000]

Two servers on one database, one of them with `PAGE_CACHE=off`, asked in turn. Where nginx is
installed, one that keeps pages for a second stands before the first. Exit 1 where a kept page comes
less than 10 times as often as a rendered one, or nginx's less than 0.8 times as often as a file of
the same size.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import ground, serving

LEAST, LEAST_NGINX = 10.0, 0.8
ROUNDS = 3
SECONDS = 2.0
PAGES = ("/catalogue/", "/", "/catalogue/?category=normative")
GZIP = {"Accept-Encoding": "gzip"}
NGINX = """
worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    proxy_cache_path {folder}/cache keys_zone=pages:4m max_size=64m;
    upstream portal {{ server {upstream}; keepalive 8; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://portal;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_cache pages;
            proxy_cache_key "$host$request_uri$http_accept_encoding";
            proxy_cache_valid 200 1s;
            proxy_cache_lock on;
            proxy_cache_use_stale updating;
            proxy_ignore_headers Cache-Control Vary;
        }}
        location /file/ {{ alias {folder}/; }}
    }}
}}
"""


def main() -> int:
    asked = ground.options(str(__doc__), size=10_000)
    with ground.empty_portal(asked.database), contextlib.ExitStack() as stack:
        print(f"{asked.database}, {asked.size:,} publications, {ground.machine()}")
        ground.fill(asked.size, index=False)
        kept, _one = stack.enter_context(serving.portal(PAGE_CACHE="on"))
        rendered, _two = stack.enter_context(serving.portal(PAGE_CACHE="off"))
        good = embedded(kept, rendered)
        if shutil.which("nginx"):
            good &= behind_nginx(kept)
        else:
            print("nginx is not installed: not measured")
    return 0 if good else 1


def embedded(kept: str, rendered: str) -> bool:
    good = True
    for page in PAGES:
        _status, headers, body = serving.get(kept + page, GZIP)
        again = {**GZIP, "If-None-Match": headers.get("etag", "-")}
        times: dict[str, list[float]] = {"rendered": [], "kept": [], "not modified": []}
        others = 0
        for _round in range(ROUNDS):
            for name, found in (
                ("rendered", serving.rate(rendered + page, seconds=SECONDS, headers=GZIP)),
                ("kept", serving.rate(kept + page, seconds=SECONDS, headers=GZIP)),
                (
                    "not modified",
                    serving.rate(kept + page, seconds=SECONDS, headers=again, status=304),
                ),
            ):
                times[name].append(found.per_second)
                others += found.others if name != "not modified" else 0
        alone = ground.median(times["rendered"])
        print(f"{page}, {len(body)} bytes")
        for name, rates in times.items():
            rate = ground.median(rates)
            ground.line(f"  {name}", rate, "/s", rate / alone)
        ratio = ground.median(times["kept"]) / alone
        good &= ground.within(f"{page}: kept against rendered", ratio, LEAST, at_least=True)
        good &= ground.within(f"{page}: answers that were not 200", others, 0)
    return good


@contextlib.contextmanager
def nginx(upstream: str, page: bytes) -> Iterator[str]:
    """nginx before the server, with a file of these bytes at `/file/page`."""
    folder, port = Path(os.environ["DATA_DIR"]) / "nginx", serving.free_port()
    folder.mkdir()
    # Its worker may be another user.
    folder.parent.chmod(0o755)
    (folder / "page").write_bytes(page)
    text = NGINX.format(folder=folder, port=port, upstream=upstream.removeprefix("http://"))
    (folder / "nginx.conf").write_text(text)
    process = subprocess.Popen(
        ["nginx", "-e", f"{folder}/error.log", "-p", str(folder), "-c", f"{folder}/nginx.conf"]
    )
    try:
        time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def behind_nginx(upstream: str) -> bool:
    page = PAGES[0]
    _status, _headers, body = serving.get(upstream + page, GZIP)
    with nginx(upstream, body) as address:
        pages, files, others = [], [], 0
        for _round in range(ROUNDS):
            proxied = serving.rate(address + page, seconds=SECONDS, headers=GZIP)
            file = serving.rate(f"{address}/file/page", seconds=SECONDS)
            pages.append(proxied.per_second)
            files.append(file.per_second)
            others += proxied.others + file.others
    alone, through = ground.median(files), ground.median(pages)
    ground.line("nginx, a file of the same size", alone, "/s")
    ground.line("nginx, the page", through, "/s", through / alone)
    good = ground.within("nginx: page against file", through / alone, LEAST_NGINX, at_least=True)
    return ground.within("nginx: answers that were not 200", others, 0) and good


if __name__ == "__main__":
    sys.exit(main())
