/**
 * Everything that controller and broker must agree on, and nothing else: the documents that they exchange
 * (config.yaml, /status), and the names of flags, variables, ports and files. JDK and Jackson only.
 */
@NullMarked
package io.mcpgateway.api.contract;

import org.jspecify.annotations.NullMarked;
