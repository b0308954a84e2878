/**
 * The words on the wire, each said once: header names and who may set them, media types, error codes, the keys of
 * {@code _meta}, and which responses of servers the gateway looks at. JDK only.
 */
@NullMarked
package io.mcpgateway.api.wire;

import org.jspecify.annotations.NullMarked;
