# Khéo. `make` alone prints what there is to do.

.DEFAULT_GOAL := menu
.PHONY: menu run test check lock clean-data

PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2
PORT ?=
HOST ?=

menu:
	@printf '%s\n' \
	  'Khéo' \
	  '' \
	  '  make run         cài đặt (lần đầu), mở cơ sở dữ liệu, nạp dữ liệu mẫu và chạy máy chủ web' \
	  '                   (chọn cổng: make run PORT=8080)' \
	  '  make test        chạy mọi kiểm thử, như máy kiểm tra tự động' \
	  '  make check       chỉ kiểm tra ranh giới, kiểu và cách viết mã (nhanh)' \
	  '  make lock        khoá lại phiên bản các thư viện (cho người phát triển)' \
	  '  make clean-data  xoá cơ sở dữ liệu mẫu trong var/ để bắt đầu lại' \
	  '' \
	  'Sau khi cài đặt, chương trình là .venv/bin/kheo (xem: .venv/bin/kheo --help).'

run:
	@$(PYTHON) tools/environment.py run
	@exec $(BIN)/kheo up --demo $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

test: check
	@echo '== Kiểm thử'
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

check:
	@$(PYTHON) tools/environment.py test
	@echo '== Ranh giới giữa các phòng'
	@$(BIN)/lint-imports
	@echo '== Cách viết mã'
	@$(BIN)/ruff check .
	@echo '== Kiểu'
	@$(BIN)/mypy

# The compiled files hold hashes and no address; pip and uv take the packages from wherever this machine is set up to.
lock:
	@$(PYTHON) tools/environment.py test
	@for list in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    $$list.in -o $$list.txt || exit 1; \
	done

clean-data:
	@$(PYTHON) tools/environment.py run
	@$(BIN)/python tools/clean_data.py
