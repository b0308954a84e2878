/** The port behind which processes of one gateway leave word for each other. */
@NullMarked
package io.mcpgateway.broker.session.mail;

import org.jspecify.annotations.NullMarked;
