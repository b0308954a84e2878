/**
 * {@code convert}: objects of the Go project to ours. Pure but for the command that reads and writes; knows the API's
 * classes and nothing else of the controller.
 */
@NullMarked
package io.mcpgateway.controller.migration;

import org.jspecify.annotations.NullMarked;
