package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.catalog.CapabilityView.Listed;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.Stream;

/** The {@code result} of a list method: one page, ordered by seen name. */
final class ListBody {
    private ListBody() {}

    /** {@code {"<member>":[...]}}, with {@code nextCursor} if the view shows more after this page. */
    static RawJson page(PageRequest request, CapabilityView view) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("{\"" + request.kind().listMember() + "\":[").getBytes(StandardCharsets.US_ASCII));
        Iterator<Listed> rest = rest(request, view).iterator();
        String last = "";
        for (int shown = 0; shown < request.size() && rest.hasNext(); shown++) {
            Listed item = rest.next();
            if (shown > 0) {
                out.write(',');
            }
            last = item.name();
            item.json().appendTo(out);
        }
        out.write(']');
        if (rest.hasNext()) {
            String cursor = JsonText.quote(PageCursor.after(request.kind(), last));
            out.writeBytes((",\"nextCursor\":" + cursor).getBytes(StandardCharsets.US_ASCII));
        }
        out.write('}');
        return RawJson.owning(out.toByteArray());
    }

    /** Everything from the start of the page on. */
    private static Stream<Listed> rest(PageRequest request, CapabilityView view) {
        return request.after()
                .map(name -> view.listedAfter(name, request.kind()))
                .orElseGet(() -> view.listed(request.kind()));
    }
}
