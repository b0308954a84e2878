/** What a virtual server shows and under which names, as config.yaml says it. JDK only. */
@NullMarked
package io.mcpgateway.api.contract.selection;

import org.jspecify.annotations.NullMarked;
