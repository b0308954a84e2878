package io.mcpgateway.e2e.process;

import java.io.IOException;

/**
 * Where the parts of one gateway listen, all on 127.0.0.1.
 *
 * @param gateway the port for clients
 * @param broker the broker's HTTP port
 * @param router the ext_proc port
 * @param envoyAdmin Envoy's admin interface, unused without Envoy
 */
public record GatewayPorts(int gateway, int broker, int router, int envoyAdmin) {
    /** Free ports for everything behind the given front port. */
    public static GatewayPorts behind(int gateway) throws IOException {
        return new GatewayPorts(gateway, FreePort.next(), FreePort.next(), FreePort.next());
    }

    /** Free ports for everything. */
    public static GatewayPorts free() throws IOException {
        return behind(FreePort.next());
    }
}
