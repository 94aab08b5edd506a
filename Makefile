# make demo    a made company, loaded and served, with a link to open (needs no network after the first time)
# make check   what must hold before a commit: lint, types, house rules, unit tests
# make test    the same and every other test
# make stories what is planted in made companies and found, in twenty of them instead of six (a quarter of an hour)
# make docs    docs/reference made again from the code
# make bench   the benchmarks, with what was reached
# make lock    requirements.lock made again from pyproject.toml
# make clean   everything that can be made again

# a worker for each core; the tests of one file stay together, since they share what they made; the files run in the
# order of tests/conftest.py, the longest first, not by the number of their tests
SPREAD := --numprocesses=auto --dist=loadfile --no-loadscope-reorder

.DEFAULT_GOAL := check
.PHONY: demo check test stories lint types pages docs bench lock clean

demo:
	./run voronka demo

check: lint pages
	./run pytest $(SPREAD) tests/house tests/unit -m "not slow"

test: lint pages
	./run pytest $(SPREAD)

stories:
	VORONKA_TEST_SEEDS=20 ./run pytest $(SPREAD) tests/demo

lint:
	./run ruff check
	./run ruff format --check
	./run mypy

# the front end: types made from the API, then checked; its own tests
pages: types
	./run npm --prefix frontend run --silent check
	./run npm --prefix frontend run --silent test

types:
	./run python -m voronka.web.openapi frontend/openapi.json
	./run npm --prefix frontend run --silent types

docs:
	./run python -m docs.generate

bench:
	./run
	.venv/bin/python -m benchmarks

# uv.lock names hosts and stays out of git; the exported list names none.
lock:
	./run
	command -v uv >/dev/null || .venv/bin/python -m pip install --quiet uv
	PATH="$$PATH:$(CURDIR)/.venv/bin" uv lock --upgrade
	PATH="$$PATH:$(CURDIR)/.venv/bin" uv export --quiet --frozen --no-header --no-annotate --no-emit-project --format requirements-txt --output-file requirements.lock
	@! grep -nE '://|^-' requirements.lock || { echo "requirements.lock names a host"; exit 1; }

clean:
	rm -rf .venv .venv.lock dist build frontend/node_modules frontend/openapi.json src/voronka/web/static .mypy_cache .ruff_cache .pytest_cache .hypothesis uv.lock
	find src tests docs benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
