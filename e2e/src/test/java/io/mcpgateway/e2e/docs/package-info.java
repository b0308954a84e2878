/** Tests of the documentation: its commands run, its links are valid, and the API server accepts its YAML. */
@org.jspecify.annotations.NullMarked
package io.mcpgateway.e2e.docs;
