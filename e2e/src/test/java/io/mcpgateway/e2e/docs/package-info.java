/** The documentation as a program: its commands run, its links lead somewhere, its YAML is what the API server takes. */
@org.jspecify.annotations.NullMarked
package io.mcpgateway.e2e.docs;
