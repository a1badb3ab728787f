# SPDX-License-Identifier: GPL-2.0-only
# The front door. `make lab` and `make check` work alone on a fresh Debian 12, as root or with sudo.
BUILD ?= build
JOBS ?= $(shell nproc)
OUT ?= out
APT := $(shell [ "$$(id -u)" = 0 ] || echo sudo) DEBIAN_FRONTEND=noninteractive apt-get

BUILD_PACKAGES := g++ cmake ninja-build ccache libns3-dev libboost-graph-dev libboost-iostreams-dev \
	libboost-system-dev libboost-filesystem-dev libyaml-cpp-dev libgnuplot-iostream-dev \
	gnuplot-nox graphviz
TEST_PACKAGES := libgtest-dev librapidcheck-dev tshark
BENCH_PACKAGES := libbenchmark-dev
DOC_PACKAGES := python3-sphinx doxygen

.PHONY: help deps test-deps build lab check bench docs waf format clean

help:
	@echo 'make lab     install what is missing, build, run the lab of the article'
	@echo 'make check   the same for the tests; the last line counts them'
	@echo 'make bench   speed, as ratios'
	@echo 'make docs    the manual, $(BUILD)/doc/html/index.html'
	@echo 'make waf     build and test with waf instead of CMake'

# Installs the packages of the list $(1) that are missing, and nothing otherwise.
define install
	@missing=$$(for p in $(1); do \
	  dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then echo "installing: $$missing" && $(APT) update -qq && \
	  $(APT) install -y -qq --no-install-recommends $$missing >/dev/null; fi
endef

deps:
	$(call install,$(BUILD_PACKAGES))

test-deps: deps
	$(call install,$(TEST_PACKAGES))

build: deps
	@cmake -S . -B $(BUILD) -G Ninja -DVXM_TESTS=OFF >/dev/null
	@cmake --build $(BUILD) -j $(JOBS)

lab: build
	@$(BUILD)/bin/vxlan-lab --topology=topologies/rec-lab.graphml \
	  --scenario=examples/scenarios/article.yaml --output=$(OUT)/article --figures --pcap='*:*'

check: test-deps
	@cmake -S . -B $(BUILD) -G Ninja -DVXM_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS)
	@test/run-tests.sh $(BUILD)/bin $(JOBS)

bench: deps
	$(call install,$(BENCH_PACKAGES))
	@cmake -S . -B $(BUILD) -G Ninja -DVXM_TESTS=OFF -DVXM_BENCHMARKS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS)
	@for b in $(BUILD)/bin/*-benchmark; do $$b || exit 1; done

docs:
	$(call install,$(DOC_PACKAGES))
	@sphinx-build -q -W -b html doc $(BUILD)/doc/html && echo "$(BUILD)/doc/html/index.html"

waf: test-deps
	@test/run-waf.sh

format:
	clang-format -i $$(git ls-files '*.h' '*.cc')

clean:
	rm -rf $(BUILD)
