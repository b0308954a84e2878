/**
 * What was found out about secret texts that come with every request, so that it is not found out again. Bounded; what
 * can change (time, revocation, configuration) is never kept here.
 */
@NullMarked
package io.mcpgateway.broker.session.remembered;

import org.jspecify.annotations.NullMarked;
