package io.mcpgateway.broker.endpoint.modern;

/** What a server tells a subscription: each kind has its own notification. */
public sealed interface ServerUpdate permits ResourceUpdate, TaskUpdate {}
