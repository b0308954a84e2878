# The few commands of this project. Scripts in scripts/ do the work; they find the JDK and Maven themselves.
.DEFAULT_GOAL := help
SHELL := bash
.PHONY: help demo test format clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Start two sample servers and the gateway on 127.0.0.1:8888 (ENVOY=1, CONFIG=file, DEMO_PORT=n)
	@scripts/demo.sh

test: ## Run every test, end to end with a real Envoy included
	@scripts/test.sh

format: ## Format the sources
	@. scripts/env.sh && "$$MVN" -q -B spotless:apply

clean: ## Remove what was built (installed tools stay in their cache)
	@. scripts/env.sh && "$$MVN" -q -B clean
