/**
 * Options that several commands for users share, so that each of them means the same everywhere.
 *
 * <p>Neighbours: none.
 */
@NullMarked
package io.mcpgateway.controller.commands;

import org.jspecify.annotations.NullMarked;
