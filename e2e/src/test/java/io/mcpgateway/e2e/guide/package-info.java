/**
 * The commands that operators know from the troubleshooting guide of the Go project, and those of docs/, run on the bed:
 * each in the healthy system and in the failure that it is there to find. The table is {@code resources/guide}.
 */
@org.jspecify.annotations.NullMarked
package io.mcpgateway.e2e.guide;
