package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The {@code result} of a list method: one page, ordered by served name. */
final class ListBody {
    private ListBody() {}

    /** {@code {"<member>":[...]}}, with {@code nextCursor} if the view shows more after this page. */
    static RawJson page(PageRequest request, CapabilityCatalog catalog, CapabilityView view) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("{\"" + request.kind().listMember() + "\":[").getBytes(StandardCharsets.US_ASCII));
        int shown = 0;
        String last = "";
        boolean more = false;
        for (Served item : request.rest(catalog.of(request.kind()))) {
            if (!view.shows(item.name(), item.route())) {
                continue;
            }
            if (shown == request.size()) {
                more = true;
                break;
            }
            if (shown > 0) {
                out.write(',');
            }
            shown++;
            last = item.name();
            item.json().appendTo(out);
        }
        out.write(']');
        if (more) {
            String cursor = JsonText.quote(PageCursor.after(request.kind(), last));
            out.writeBytes((",\"nextCursor\":" + cursor).getBytes(StandardCharsets.US_ASCII));
        }
        out.write('}');
        return RawJson.owning(out.toByteArray());
    }
}
