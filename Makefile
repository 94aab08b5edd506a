# make check   what must hold before a commit: lint, types, house rules, unit tests
# make test    the same and every other test
# make docs    docs/reference made again from the code
# make bench   the benchmarks, with what was reached
# make lock    requirements.lock made again from pyproject.toml
# make clean   everything that can be made again

.DEFAULT_GOAL := check
.PHONY: check test lint docs bench lock clean

check: lint
	./run pytest tests/house tests/unit -m "not slow"

test: lint
	./run pytest

lint:
	./run ruff check
	./run ruff format --check
	./run mypy

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
	rm -rf .venv .venv.lock dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis uv.lock
	find src tests docs benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
