/**
 * Runs the commands of the Go project's troubleshooting guide, and those of docs/, on the bed, each on a healthy system
 * and with the failure that it should reveal. The table is in {@code resources/guide}.
 */
@org.jspecify.annotations.NullMarked
package io.mcpgateway.e2e.guide;
