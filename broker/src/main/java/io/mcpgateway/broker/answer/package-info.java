/**
 * What an answer of a server means, once the router has sent a message there: what the client gets, and what becomes of
 * the session at the server. Pure; both adapters ask it.
 */
@NullMarked
package io.mcpgateway.broker.answer;

import org.jspecify.annotations.NullMarked;
