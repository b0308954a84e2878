# The few commands of this project. Scripts in scripts/ do the work; they find the JDK and Maven themselves.
.DEFAULT_GOAL := help
SHELL := bash
.PHONY: help fuzz e2e-install demo test conformance strangers bench chaos soak sessions e2e e2e-k3s guide bed-up bed-down bed-check generate docs format clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Start two sample servers and the gateway on 127.0.0.1:8888 (ENVOY=1, CONFIG=file, DEMO_PORT=n)
	@CALLER_FOLDER="$(PWD)" scripts/demo.sh

test: ## Run every test, end to end with a real Envoy included
	@scripts/test.sh

conformance: ## Run what the MCP conformance suite requires of 2025-11-25, without and with Envoy (PASS=direct,builtin,go-prefixed)
	@scripts/conformance.sh

strangers: ## Run official MCP clients against official servers, directly, without and with Envoy (STRANGERS_ONLY='go python1')
	@scripts/strangers.sh

fuzz: ## Let Jazzer look for input that breaks a parser (FUZZ_SECONDS=60 for each target, FUZZ_TARGETS="json-rpc tokens")
	@scripts/fuzz.sh

bench: ## Measure the gateway against the same Envoy without it (BENCH_ARGS='--seconds 3 --rounds 3')
	@scripts/bench.sh

chaos: ## Break servers, broker, Envoy and session store while clients call; judge every answer (CHAOS_ARGS='--calls 500 --only WORDS')
	@scripts/chaos.sh

soak: ## Put mixed load on the gateway and watch heap, memory, files and threads (SOAK_MINUTES=30)
	@scripts/soak.sh

sessions: ## Hold 100,000 sessions open on one broker, 10,000 of them active
	@scripts/sessions.sh

e2e: ## Run the control plane's scenarios on the bed: a real API server, istiod and Envoy (root; E2E_TEST=class, E2E_KEEP=1)
	@scripts/e2e.sh

e2e-install: ## Install the chart and config/install on an empty bed, as shipped, upgrade, restart and uninstall (root)
	@scripts/e2e.sh install

e2e-k3s: ## Run those scenarios that need no bed on a k3s in a container (Docker; without it says so; E2E_TEST=class, E2E_KEEP=1)
	@scripts/k3s.sh

guide: ## Type every command of the troubleshooting guide and of docs/ on the bed, in health and in failure (root)
	@scripts/guide.sh

bed-up: ## Start the bed (e2e/bed/README.md)
	@e2e/bed/bed up

bed-down: ## End the bed and remove its data
	@e2e/bed/bed down --wipe

bed-check: ## Check the bed's own programs and scripts
	@e2e/bed/tools.sh --check-own

generate: ## Write the CRD files and the reference pages of docs/ anew from the classes and the programs
	@. scripts/env.sh && "$$MVN" -q -B verify -Dtest=CrdFilesTest,ApiReferenceTest,CliReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dgenerate=update

docs: ## Make a website of the documentation, target/site/index.html, and check its links
	@scripts/docs.sh

format: ## Format the sources
	@. scripts/env.sh && "$$MVN" -q -B spotless:apply

clean: ## Remove what was built (installed tools stay in their cache)
	@. scripts/env.sh && "$$MVN" -q -B clean
