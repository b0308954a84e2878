/** Start-up and wiring of the controller process. */
@NullMarked
package io.mcpgateway.controller;

import org.jspecify.annotations.NullMarked;
