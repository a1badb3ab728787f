# SPDX-License-Identifier: GPL-2.0-only
# `make lab` and `make check` work alone on a fresh Debian 12, as root or with sudo.
BUILD ?= build
JOBS ?= $(shell nproc)
OUT ?= out
APT := $(shell [ "$$(id -u)" = 0 ] || echo sudo) DEBIAN_FRONTEND=noninteractive apt-get

BUILD_PACKAGES := g++ cmake ninja-build ccache libns3-dev libboost-dev libexpat1-dev libboost-iostreams-dev \
	libboost-system-dev libboost-filesystem-dev libyaml-cpp-dev nlohmann-json3-dev nettle-dev libgnuplot-iostream-dev \
	gnuplot-nox graphviz liblpsolve55-dev lp-solve
# Debian only recommends the runtime and what finds lines for the sanitizers' reports.
FUZZ_PACKAGES := clang libclang-rt-14-dev llvm-14
# Optional: with them mpirun spreads a sweep over machines.
MPI_PACKAGES := libboost-mpi-dev libopenmpi-dev openmpi-bin
TEST_PACKAGES := $(MPI_PACKAGES) libgtest-dev librapidcheck-dev tshark pkgconf coinor-cbc glpk-utils python3
BENCH_PACKAGES := libbenchmark-dev python3
TIDY_PACKAGES := clang clang-tidy cppcheck
COVERAGE_PACKAGES := gcovr
VALGRIND_PACKAGES := valgrind
DOC_PACKAGES := python3-sphinx python3-myst-parser doxygen

# ccache need not preprocess what it then compiles: the compiler lists the headers itself.
export CCACHE_DEPEND ?= 1

.PHONY: help deps test-deps page-deps build lab article study failures published-failures control-study \
	control-study-large atlas plan-proofs plan-seeds plan-clos plan-question property \
	check attack load histories report-page report-test bench bench-compare growth docs types waf in-tree \
	format clean same-answer tidy cppcheck sanitize coverage valgrind

help:
	@echo 'make lab     install what is missing, build, run the lab of the article'
	@echo 'make article  the page that sets the article beside the lab, doc/article.rst, and its figures'
	@echo 'make study   the tables and figures of doc/study.md, in less than half an hour'
	@echo 'make failures  what failures cost: the table of doc/study.md, in half an hour'
	@echo 'make published-failures  the published groups touched by failures, in a minute'
	@echo 'make property  model = packets with 200 cases of each property, in a minute'
	@echo 'make atlas   multicast or head-end replication: the figures of doc/cross-over.rst'
	@echo 'make plan-proofs  plan quality: 500 proofs, 100 plans in packets; takes a while'
	@echo 'make plan-question, plan-clos, plan-seeds  the other figures of doc/multicast-plan.rst'
	@echo 'make control-study  what control planes cost: the sweeps of doc/control-planes.md'
	@echo 'make control-study-large  EVPN with 8,192 tenants on 512 VTEPs'
	@echo 'make fuzz SECONDS=60  libFuzzer on all readers of packets and files, SECONDS each'
	@echo 'make check   install what is missing, build and run the tests; the last line counts them'
	@echo 'make attack COUNT=100000  the lab under attack, so many packets on each network'
	@echo 'make load    floods of reports, sources, routes, frames, in full size'
	@echo 'make histories COUNT=10000  random histories against an oracle; goes on where it was'
	@echo 'make report-page, report-test  the report page from its sources, and its tests in a browser'
	@echo 'make same-answer  gcc and clang, Debug and Release give the same bytes'
	@echo 'make tidy, cppcheck  what clang-tidy and cppcheck find: nothing'
	@echo 'make sanitize  the tests under AddressSanitizer and UndefinedBehaviorSanitizer'
	@echo 'make valgrind  some tests under valgrind: no error, no leak'
	@echo 'make coverage  the lines and branches of model/ that the tests reach'
	@echo 'make bench   speed, as ratios'
	@echo 'make bench-compare REV=…  time and memory of this revision and another, by turns'
	@echo 'make growth  time and memory against size, doc/performance.md; half an hour'
	@echo 'make docs    the manual, $(BUILD)/doc/html, and the classes, $(BUILD)/doc/api'
	@echo 'make types   the lists of attributes and trace sources in the manual'
	@echo 'make waf     build with waf instead of CMake, run the lab and the suite of an ns-3 tree'
	@echo 'make in-tree TREE=DIR  build and test inside a source tree of ns-3'
	@echo 'make format, clean  clang-format on all C++; remove $(BUILD)'

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
	  --scenario=examples/scenarios/article.yaml --output=$(OUT)/article --figures --pcap='*:*' --report

ARTICLE_FIGURES := topology rp-election rp-tree via-rp spt overlay
article: build
	@$(BUILD)/bin/vxlan-lab --topology=topologies/rec-lab.graphml \
	  --scenario=examples/scenarios/article.yaml --output=$(OUT)/article --figures >/dev/null
	@python3 doc/article-page.py $(OUT)/article/transcript.txt > $(OUT)/article/article.rst
	@cp $(OUT)/article/article.rst doc/article.rst
	@for f in $(ARTICLE_FIGURES); do cp $(OUT)/article/$$f.svg doc/figures/ || exit 1; done

# Each sweep continues where it was if this is interrupted; doc/study.md reads the results.
SWEEP = $(BUILD)/bin/vni-group-sweep --jobs=$(JOBS) --output=$(OUT)/study
FABRIC := --topology=leaf-spine:spines=4,leaves=16,hosts=4 --vnis=256
RATIOS := --ratios=1,2,4,8,16,32,64,128,256
LARGE := --topology=leaf-spine:spines=4,leaves=32,hosts=16 --vnis=400 --members=20
PUBLISHED := --topology=clos:pods=12,leaves=48,hosts=48,spines=4,cores=4 --tenants=3000

study: build
	@$(SWEEP)/trees $(FABRIC) $(RATIOS) --members=8 --trees=rpt,spt,bidir,ssm,head-end
	@$(SWEEP)/placement $(FABRIC) $(RATIOS) --members=8 --trees=spt --placement=uniform,fill-leaf,cap:1
	@$(SWEEP)/mapping $(FABRIC) $(RATIOS) --members=8 --trees=rpt,spt --placement=fill-leaf \
	  --mapping=modulo,cluster
	@$(SWEEP)/members $(FABRIC) --ratios=1,4,16,64,256 --members=4,8,16 --trees=spt
	@$(SWEEP)/overflow $(FABRIC) --ratios=4 --members=8 --trees=rpt,spt \
	  --capacity=125,250,500,1000,2000 --capacity-policy=refuse,evict,punt,fallback-star-g
	@$(SWEEP)/clos --topology=clos:pods=4,leaves=4,hosts=4,spines=2,cores=4 --vnis=256 $(RATIOS) \
	  --members=8 --trees=rpt,spt,bidir
	@$(SWEEP)/large $(LARGE) --groups=400,50 --trees=rpt,spt
	@$(SWEEP)/large-model $(LARGE) --groups=400,200,100,50,25 --trees=rpt,spt,bidir,ssm,head-end \
	  --seeds=1-30 --packets=false
	@$(BUILD)/bin/multicast-state $(PUBLISHED) --groups=1000000 --distribution=wve \
	  --placement=fill-leaf --seed=1-20 --output=$(OUT)/study/published

# doc/study.md, "What a failure costs": its table is printed at the end. Probes end 5 s after the last loss;
# where RPs come by BSR, 240 s are enough to see it. Continues where it was if this is interrupted.
FAILURES = $(BUILD)/bin/failure-study --jobs=$(JOBS) --failures=link,spine,rp,vtep --vnis=8 --members=8 \
	--senders=0.125 --trees=rpt,spt,bidir --detection=ospf,carrier,bfd --sample=3 --seed=1 --quiet=5s \
	--plots
SIXTEEN_LEAVES := leaf-spine:spines=4,leaves=16,hosts=4
TWO_PODS := clos:pods=2,leaves=4,hosts=4,spines=2,cores=2

failures: build
	@$(FAILURES) --topology="$(SIXTEEN_LEAVES),rp=anycast $(SIXTEEN_LEAVES),rp=phantom" \
	  --output=$(OUT)/failures/leaf-spine
	@$(FAILURES) --topology="$(TWO_PODS),rp=anycast $(TWO_PODS),rp=phantom" --output=$(OUT)/failures/clos
	@$(FAILURES) --topology=$(SIXTEEN_LEAVES),rp=hashed --window=240s --output=$(OUT)/failures/leaf-spine-bsr
	@$(FAILURES) --topology=$(TWO_PODS),rp=hashed --window=240s --output=$(OUT)/failures/clos-bsr
	@python3 doc/failure-table.py $(OUT)/failures/leaf-spine '4 × 16 × 64' $(OUT)/failures/leaf-spine-bsr '' \
	  $(OUT)/failures/clos 'two pods' $(OUT)/failures/clos-bsr ''

published-failures: build
	@$(BUILD)/bin/failure-study $(PUBLISHED) --groups=1000000 --distribution=wve --placement=pod-uniform \
	  --roles=thirds --failures=core,spine --seed=1-20 --output=$(OUT)/failures/published

# Every figure of doc/cross-over.rst: columns placement, members_per_vni, tree, ratio, copies_per_frame.
ATLAS = $(BUILD)/bin/vni-group-sweep --vnis=256 --ratios=1,2,4,8,16 --members=2,4,8,16,32 \
	--trees=bidir,spt,head-end --placement=uniform,fill-leaf --packets=false --jobs=$(JOBS)

atlas: build
	@$(ATLAS) --topology=leaf-spine:spines=4,leaves=16,hosts=4 --output=$(OUT)/atlas/small
	@$(ATLAS) --topology=leaf-spine:spines=4,leaves=40,hosts=30 --output=$(OUT)/atlas/large
	@for p in uniform fill-leaf; do $(BUILD)/bin/multicast-plan $(FABRIC) --members=8 --groups=64 \
	  --placement=$$p --trees=bidir --seconds=600 --plots=false --churn=24h --moves=16 \
	  --output=$(OUT)/atlas/churn-$$p || exit 1; done
	@python3 doc/cross-over-table.py $(OUT)/atlas

# The figures of doc/multicast-plan.rst, "How good is it?".
PLAN = $(BUILD)/bin/multicast-plan $(FABRIC) --members=8 --groups=1,2,4,8,16,32,64,128,256
plan-proofs: test-deps
	@cmake -S . -B $(BUILD) -G Ninja -DVXM_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target test-plan test-property multicast-plan
	@for p in uniform fill-leaf; do \
	  $(PLAN) --trees=spt --placement=$$p --seconds=600 --bounds --output=$(OUT)/plan/$$p || exit 1; \
	  done
	@PLAN_PROOFS=500 $(BUILD)/bin/test-plan --gtest_filter='PlanProofs.*'
	@PLAN_PACKETS=100 $(BUILD)/bin/test-property --gtest_filter='PlanPackets.RandomPlans'

# Does a search that takes ten times as long find more? Ten seeds; an hour and a half of a core. One command
# per row and seed; results that are there are kept, so it continues where it was. Prints the table at the end.
SEEDED = $(BUILD)/bin/multicast-plan $(FABRIC) --members=8 --trees=spt --seconds=7200 --plots=false
plan-seeds: build
	@for s in 0 1 2 3 4 5 6 7 8 9 10; do for p in uniform fill-leaf; do for g in 2 4 8 16 32 64 128; do \
	  o=$(OUT)/plan/seeds/$$p-$$g-$$s; test -e $$o/front.csv || $(SEEDED) --placement=$$p --groups=$$g,256 \
	    $$(test $$s = 0 || echo --effort=10 --search-seed=$$s) --output=$$o >/dev/null || exit 1; \
	  done; done; done
	@python3 doc/plan-seeds-table.py $(OUT)/plan/seeds

# A published Clos with a VNI for each tenant.
plan-clos: build
	@$(BUILD)/bin/multicast-plan $(PUBLISHED) --distribution=wve --placement=fill-leaf \
	  --limit=leaf:8192,spine:32000,core:32000 --trees=bidir,rpt --groups=auto --output=$(OUT)/plan/clos

# The question of doc/multicast-plan.rst, and packets that confirm the answer.
QUESTION = $(BUILD)/bin/multicast-plan --topology=leaf-spine:spines=4,leaves=40,hosts=30 --vnis=2000 \
	--members=25 --limit=leaf:8192,spine:8192 --used=leaf:1000,spine:1000
plan-question: build
	@for p in uniform fill-leaf; do \
	  $(QUESTION) --placement=$$p --verify --output=$(OUT)/plan/question-$$p || exit 1; done

# Node.js, a browser and npm packages, for the tests of the report page: without them the page is not
# tested, and test/run-tests.sh says so. An npm that is there already is used as it is.
page-deps:
	@command -v npm >/dev/null || { $(APT) update -qq && $(APT) install -y -qq --no-install-recommends \
	  nodejs npm >/dev/null; } || true
	@command -v chromium >/dev/null || { $(APT) update -qq && $(APT) install -y -qq \
	  --no-install-recommends chromium >/dev/null; } || true
	@cd report-page && { cmp -s package-lock.json node_modules/.vxm-lock || \
	  { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent && cp package-lock.json node_modules/.vxm-lock; } || \
	  echo 'report-page: npm packages cannot be had'; }

report-page: page-deps
	@cd report-page && npm run --silent check && npm run --silent build

report-test: page-deps build
	@cd report-page && node test/run.mjs $(abspath $(BUILD)/bin)

# doc/control-planes.md reads the results.
CONTROL = $(BUILD)/bin/vni-group-sweep --jobs=$(JOBS) --trees=spt --output=$(OUT)/control-study
PLANES := --control=multicast,head-end,evpn,evpn-group,controller,controller-proactive,map-server
PODS := --topology=leaf-spine:spines=4,leaves=16,hosts=4
fabric = leaf-spine:spines=4,leaves=$(1),hosts=4

control-study: build
	@$(CONTROL)/planes $(PODS) --vnis=32 --groups=32,4 --members=16 --vms=32 $(PLANES)
	@$(CONTROL)/tenants $(PODS) --vnis=8 --groups=8 --members=16 --vms=8,16,32,64 $(PLANES)
	@$(CONTROL)/vteps --topology="$(foreach n,2 4 8 16 32,$(call fabric,$(n)))" --vnis=8 --groups=8 \
	  --members=8 --vms=16 $(PLANES)
	@$(CONTROL)/members $(PODS) --vnis=8 --groups=8 --members=2,4,8,16,32,64 --vms=32 $(PLANES)

control-study-large: build
	@$(CONTROL)/large --topology=leaf-spine:spines=4,leaves=32,hosts=16 --vnis=256 --members=16 --vms=32 \
	  --control=evpn

check: test-deps page-deps
	@cmake -S . -B $(BUILD) -G Ninja -DVXM_TESTS=ON -DVXM_ASSERT=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS)
	@test/run-tests.sh $(BUILD)/bin $(JOBS)

# doc/security.rst: mutated control packets, so many on each network; loads in full size.
attack: COUNT = 100000
attack: test-deps
	@cmake -S . -B $(BUILD) -G Ninja -DVXM_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target test-attack
	@ATTACK_COUNT=$(COUNT) $(BUILD)/bin/test-attack

load: test-deps
	@cmake -S . -B $(BUILD) -G Ninja -DVXM_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target test-load
	@LOAD_SCALE=1 $(BUILD)/bin/test-load

property: test-deps
	@cmake -S . -B $(BUILD) -G Ninja -DVXM_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target test-property
	@PROPERTY_CASES=200 $(BUILD)/bin/test-property --gtest_filter='ModelEqualsPackets.*'

# doc/histories.rst: the log and what failed are in OUT/histories; SIZE=small for many short cases.
COUNT ?= 10000
FIRST ?= 0
SIZE ?= large
histories: build
	@test/history/history_check.py --lab=$(BUILD)/bin/vxlan-lab --count=$(COUNT) --first=$(FIRST) \
	  --size=$(SIZE) --jobs=$(JOBS) --output=$(OUT)/histories

# doc/surroundings.rst. Each build in a folder of its own, so that the next time is short.
SAME_ANSWER_PROGRAMS := vxlan-lab vni-group-sweep multicast-state multicast-plan failure-study
SAME_ANSWER_BUILDS := $(foreach c,g++ clang++,$(foreach t,Debug Release,$(c)-$(t)))
same-answer: test-deps
	$(call install,clang)
	@cmake -S . -B $(BUILD) -G Ninja -DVXM_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target test-surroundings
	@for b in $(SAME_ANSWER_BUILDS); do \
	  cmake -S . -B $(BUILD)/same-answer/$$b -G Ninja -DVXM_TESTS=OFF -DVXM_WERROR=OFF \
	    -DCMAKE_CXX_COMPILER=$${b%-*} -DCMAKE_BUILD_TYPE=$${b#*-} >/dev/null && \
	  cmake --build $(BUILD)/same-answer/$$b -j $(JOBS) --target $(SAME_ANSWER_PROGRAMS) || exit 1; done
	@SAME_ANSWER_BINS="$(foreach b,$(SAME_ANSWER_BUILDS),$(abspath $(BUILD)/same-answer/$(b)/bin))" \
	  $(BUILD)/bin/test-surroundings --gtest_filter='*SameAnswer*'

# doc/contributing.rst; .clang-tidy and test/cppcheck.txt say what is left out, and why. A component is one
# unit, so that ns-3's headers are read once for all its files. TIDY=vxm-pim looks at that one alone.
TIDY ?= .
TIDY_TESTS ?= OFF
tidy: test-deps
	$(call install,$(TIDY_PACKAGES))
	@cmake -S . -B $(BUILD)/tidy -G Ninja -DVXM_TESTS=$(TIDY_TESTS) -DVXM_UNITY_FILES=100 -DVXM_ASSERT=ON \
	  -DVXM_WERROR=OFF -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_EXPORT_COMPILE_COMMANDS=ON >/dev/null
	@grep -o '"file": "[^"]*' $(BUILD)/tidy/compile_commands.json | cut -d'"' -f4 | grep -E '$(TIDY)' | sort -u | \
	  xargs -P $(JOBS) -n 1 clang-tidy --config-file=.clang-tidy -p $(BUILD)/tidy --quiet && echo 'clang-tidy: no finding'

cppcheck: test-deps
	$(call install,$(TIDY_PACKAGES))
	@cmake -S . -B $(BUILD)/cppcheck -G Ninja -DVXM_TESTS=OFF >/dev/null
	@cppcheck --enable=warning,performance,portability --std=c++17 --language=c++ --library=googletest \
	  --inline-suppr -q -j $(JOBS) -I $(BUILD)/cppcheck/include --suppressions-list=test/cppcheck.txt --error-exitcode=1 \
	  model helper examples doc scratch test && echo 'cppcheck: no finding'

# Leaks too. Several times as slow as make check.
# GCC takes variables for uninitialized that only look so once the sanitizers have had their say.
SANITIZE := -O1 -g1 -Wno-maybe-uninitialized -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
sanitize: test-deps
	@cmake -S . -B $(BUILD)/sanitize -G Ninja -DVXM_TESTS=ON -DCMAKE_BUILD_TYPE=Debug \
	  -DCMAKE_CXX_FLAGS_DEBUG="$(SANITIZE)" >/dev/null
	@cmake --build $(BUILD)/sanitize -j $(JOBS)
	@UBSAN_OPTIONS=print_stacktrace=1 test/run-tests.sh $(BUILD)/sanitize/bin $(JOBS)

# Some thirty times as slow. VALGRIND=test-pim runs that one alone.
VALGRIND ?= test-bfd test-msdp test-igmp test-common test-link test-vxlan
valgrind: test-deps
	$(call install,$(VALGRIND_PACKAGES))
	@cmake -S . -B $(BUILD) -G Ninja -DVXM_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target $(VALGRIND)
	@for t in $(VALGRIND); do valgrind -q --leak-check=full --error-exitcode=9 \
	  $(BUILD)/bin/$$t --gtest_brief=1 || exit 1; done && echo 'valgrind: no error, no leak'

# doc/contributing.rst. The tests that look at model/; COVERED=test-topology runs that one alone.
COVERED ?= $(addprefix test-,common topology state-model plan forwarding ospf igmp pim bfd msdp vxlan evpn \
	openflow map-server link conformance helper scenario fuzz)
coverage: test-deps
	$(call install,$(COVERAGE_PACKAGES))
	@cmake -S . -B $(BUILD)/coverage -G Ninja -DVXM_TESTS=ON -DCMAKE_BUILD_TYPE=Debug \
	  -DCMAKE_CXX_FLAGS_DEBUG="-O1 -g1 --coverage" >/dev/null
	@cmake --build $(BUILD)/coverage -j $(JOBS) --target $(COVERED)
	@find $(BUILD)/coverage -name '*.gcda' -delete
	@echo $(COVERED) | xargs -P $(JOBS) -n 1 sh -c '$(BUILD)/coverage/bin/$$0 --gtest_brief=1'
	@gcovr --root . --filter model/ --exclude-throw-branches -j $(JOBS) $(BUILD)/coverage --sort-percentage \
	  --txt $(BUILD)/coverage/coverage.txt --print-summary

# doc/fuzzing.rst: corpora, findings and the log are in build-fuzz; TARGETS='pim bgp' for some alone.
SECONDS ?= 60
TARGETS ?=
.PHONY: fuzz fuzz-deps
fuzz-deps: deps
	$(call install,$(FUZZ_PACKAGES))

fuzz: fuzz-deps
	@cmake -S . -B build-fuzz -G Ninja -DVXM_FUZZ=ON -DVXM_TESTS=OFF -DVXM_WERROR=OFF \
	  -DCMAKE_CXX_COMPILER=clang++ >/dev/null
	@cmake --build build-fuzz -j $(JOBS) --target fuzz-targets
	@test/fuzz/run-fuzz.sh build-fuzz $(SECONDS) $(JOBS) $(TARGETS)

bench: deps
	$(call install,$(BENCH_PACKAGES))
	@cmake -S . -B $(BUILD) -G Ninja -DVXM_TESTS=OFF -DVXM_BENCHMARKS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS)
	@for b in $(BUILD)/bin/*-benchmark; do $$b || exit 1; done

# doc/performance.md. Another revision is built beside this one, and both run by turns. Both have
# assertions, which make check leaves on, or neither.
ROWS ?= ospf,lab-groups,fabric-groups,vteps
TIMES ?= 5
REV ?= HEAD
COMPARED = $(BUILD)/compare
bench-compare: build
	$(call install,$(BENCH_PACKAGES))
	@git worktree remove --force $(COMPARED)/tree 2>/dev/null; git worktree prune
	@git worktree add -f --detach $(COMPARED)/tree $(REV) >/dev/null
	@cmake -S $(COMPARED)/tree -B $(COMPARED)/build -G Ninja -DVXM_TESTS=OFF \
	  -D$$(grep '^VXM_ASSERT:' $(BUILD)/CMakeCache.txt) >/dev/null
	@cmake --build $(COMPARED)/build -j $(JOBS) --target vxlan-lab
	@test/benchmark/measure.py compare --old=$(COMPARED)/build/bin/vxlan-lab --new=$(BUILD)/bin/vxlan-lab \
	  --rows=$(ROWS) --times=$(TIMES) --output=$(BUILD)/bench-compare.json

growth: ROWS = ospf,ospf-unpaced,lab-groups,fabric-groups,fabric-together,vteps
growth: build
	$(call install,$(BENCH_PACKAGES))
	@test/benchmark/measure.py growth --new=$(BUILD)/bin/vxlan-lab --rows=$(ROWS) --output=$(OUT)/growth

docs:
	$(call install,$(DOC_PACKAGES))
	@sphinx-build -q -W -b html doc $(BUILD)/doc/html && echo "$(BUILD)/doc/html/index.html"
	@(cat doc/Doxyfile && echo "OUTPUT_DIRECTORY = $(BUILD)/doc") | doxygen - && echo "$(BUILD)/doc/api/index.html"

# The pages that a program writes from the classes; test-install tells when they are old.
types: test-deps
	@cmake -S . -B $(BUILD) -G Ninja -DVXM_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target list-types
	@for p in attributes trace-sources; do $(BUILD)/bin/list-types $$p >doc/$$p.rst; done

# WAF_OPTIONS=--enable-tests builds and runs all tests.
waf: test-deps
	@JOBS=$(JOBS) test/run-waf.sh $(WAF_OPTIONS)

in-tree: test-deps
	@test/run-in-tree.sh $(TREE) $(JOBS)

format:
	clang-format -i $$(git ls-files '*.h' '*.cc')

clean:
	rm -rf $(BUILD)
