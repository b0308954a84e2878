package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import java.util.Objects;

/**
 * What one modern request sees of what is served now. Modern revisions are served to it, so the view is never {@link
 * CapabilityView.Refused}.
 *
 * @param request what led to the view, to find what becomes of it later
 */
record ModernView(GatewaySnapshot snapshot, ViewRequest request, CapabilityView view) {
    ModernView {
        Objects.requireNonNull(snapshot, "snapshot");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(view, "view");
    }
}
