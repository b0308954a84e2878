# The project's commands. Scripts in scripts/ do the work; they find the JDK and Maven themselves.
.DEFAULT_GOAL := help
SHELL := bash
.PHONY: help first-seconds heap fuzz e2e-install demo test conformance strangers bench chaos trace soak sessions jmh scale e2e e2e-k3s guide bed-up bed-down bed-check generate docs page-check format clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Start two sample servers and the gateway on 127.0.0.1:8888 (ENVOY=1, CONFIG=file, DEMO_PORT=n)
	@CALLER_FOLDER="$(PWD)" scripts/demo.sh

test: ## Run all tests that need no cluster, including end-to-end tests with a real Envoy
	@scripts/test.sh

conformance: ## Run the MCP conformance suite for 2025-11-25 and 2026-07-28, without and with Envoy (PASS=direct,modern-go-prefixed)
	@scripts/conformance.sh

strangers: ## Run official MCP clients against official servers, directly and through the gateway (STRANGERS_EACH=3, STRANGERS_ONLY='go python1', STRANGERS_URL=server)
	@scripts/strangers.sh

fuzz: ## Fuzz the parsers with Jazzer (FUZZ_SECONDS=60 for each target, FUZZ_TARGETS="json-rpc tokens")
	@scripts/fuzz.sh

bench: ## Measure the gateway's overhead compared with the same Envoy without it (BENCH_ARGS='--seconds 3 --rounds 3')
	@scripts/bench.sh

jmh: ## Measure the router, session IDs, lists, configuration and search alone, with JMH (JMH=Router, JMH_ARGS='-f 1 -wi 3')
	@scripts/jmh.sh

first-seconds: ## Compare the first seconds of a broker under load, with and without warm-up (FIRST_SECONDS, FIRST_SECONDS_ARGS)
	@scripts/first-seconds.sh

heap: ## Compare JVM heap options of the broker under one mixed load (HEAP_OPTIONS, HEAP_ARGS)
	@scripts/heap.sh

chaos: ## Break servers, broker, Envoy and session store during calls, and check every response (CHAOS_ARGS='--calls 500 --only WORDS')
	@scripts/chaos.sh

trace: ## Count the types and methods of the broker that one request runs (TRACE_ARGS=--types)
	@scripts/trace.sh

soak: ## Run mixed load and check that heap, memory, files and threads do not grow (SOAK_MINUTES=30)
	@scripts/soak.sh

sessions: ## Open 100,000 sessions on one broker, 10,000 of them active
	@scripts/sessions.sh

scale: ## Measure curves from 10 to 10,000 tools, 500 servers, 1,000,000 sessions, 4 replicas (CURVE=tools, SCALE_ARGS=--keep)
	@scripts/scale.sh

e2e: ## Run the control plane scenarios on the bed: a real API server, istiod and Envoy (root; E2E_TEST=class, E2E_KEEP=1)
	@scripts/e2e.sh

e2e-install: ## Test install, upgrade, restart and uninstall of the chart and config/install on an empty bed (root)
	@scripts/e2e.sh install

e2e-k3s: ## Run the scenarios that do not depend on the bed on k3s in a container (needs Docker; E2E_TEST=class, E2E_KEEP=1)
	@scripts/k3s.sh

guide: ## Run every command of the troubleshooting guide and of docs/ on the bed (root)
	@scripts/guide.sh

bed-up: ## Start the bed (e2e/bed/README.md)
	@e2e/bed/bed up

bed-down: ## Stop the bed and remove its data
	@e2e/bed/bed down --wipe

bed-check: ## Check the bed's own programs and scripts
	@e2e/bed/tools.sh --check-own

generate: ## Regenerate the CRD files and the reference pages in docs/
	@. scripts/env.sh && "$$MVN" -q -B verify -Dtest=CrdFilesTest,ApiReferenceTest,CliReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dgenerate=update

page-check: ## Check the status page with a real Chromium: accessibility, hostile texts, 1,000 tools (PAGE_SCREENSHOTS=folder)
	@scripts/page.sh

docs: ## Build the documentation website, target/site/index.html, and check its links
	@scripts/docs.sh

format: ## Format the source code
	@. scripts/env.sh && "$$MVN" -q -B spotless:apply

clean: ## Remove build output (downloaded tools stay in their cache)
	@. scripts/env.sh && "$$MVN" -q -B clean
