package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.catalog.CapabilityView.Listed;
import io.mcpgateway.broker.json.JsonPieces;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The {@code result} of a list method: one page, ordered by seen name. */
final class ListBody {
    private static final RawJson COMMA = RawJson.of(",");

    private ListBody() {}

    /** {@code {"<member>":[...]}}, with {@code nextCursor} if the view shows more after this page. */
    static RawJson page(PageRequest request, CapabilityView view) {
        List<Listed> items = rest(request, view).limit(request.size() + 1L).toList();
        boolean more = items.size() > request.size();
        List<Listed> shown = more ? items.subList(0, request.size()) : items;
        List<RawJson> texts = new ArrayList<>(2 * shown.size() + 2);
        texts.add(RawJson.of("{\"" + request.kind().listMember() + "\":["));
        for (int i = 0; i < shown.size(); i++) {
            if (i > 0) {
                texts.add(COMMA);
            }
            texts.add(shown.get(i).json());
        }
        texts.add(RawJson.of(more ? "],\"nextCursor\":" + cursor(request.kind(), shown.getLast()) + "}" : "]}"));
        return JsonPieces.of(texts).text();
    }

    private static String cursor(CapabilityKind kind, Listed last) {
        return JsonText.quote(PageCursor.after(kind, last.name()));
    }

    /** Everything from the start of the page on. */
    private static Stream<Listed> rest(PageRequest request, CapabilityView view) {
        return request.after()
                .map(name -> view.listedAfter(name, request.kind()))
                .orElseGet(() -> view.listed(request.kind()));
    }
}
