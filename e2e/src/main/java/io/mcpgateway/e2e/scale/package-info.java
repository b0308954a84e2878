/**
 * {@code make scale}: what users feel of the number of tools, servers, sessions and replicas. Each curve goes to
 * {@code docs/scale/NAME.json}; pictures and tables in the documentation are made from that file.
 */
@NullMarked
package io.mcpgateway.e2e.scale;

import org.jspecify.annotations.NullMarked;
