/**
 * Servers and clients of both eras of MCP whose answers can be checked: every call has a word of its own, which its
 * answer must contain, and servers count how often they execute each.
 */
@NullMarked
package io.mcpgateway.e2e.words;

import org.jspecify.annotations.NullMarked;
