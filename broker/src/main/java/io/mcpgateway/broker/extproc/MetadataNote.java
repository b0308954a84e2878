package io.mcpgateway.broker.extproc;

import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.extproc.wire.ReplyWriter;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.RouteDecision;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a decision notes in the metadata that Envoy keeps of the request.
 *
 * @param size how many bytes it takes, about
 * @param writer writes it into a reply
 */
record MetadataNote(int size, Consumer<ReplyWriter> writer) {
    static final MetadataNote NONE = new MetadataNote(0, _ -> {});

    /** Beside its long texts. */
    private static final int FRAME = 384;

    static MetadataNote of(RouteDecision.Forward forward, Map<String, String> answerHeaders) {
        int token = forward.metadata() instanceof CallMetadata.InSession call
                ? call.clientToken().length()
                : 0;
        return new MetadataNote(FRAME + token + HeaderChanges.size(answerHeaders), reply -> {
            CallMetadataCodec.begin(reply);
            CallMetadataCodec.write(forward.metadata(), forward.server().callTimeout(), answerHeaders, reply);
            CallMetadataCodec.write(forward.server().authorization(), reply);
            CallMetadataCodec.end(reply);
        });
    }

    static MetadataNote of(CallAuthorization authorization) {
        return authorization instanceof CallAuthorization.Shared
                ? new MetadataNote(FRAME, reply -> {
                    CallMetadataCodec.begin(reply);
                    CallMetadataCodec.write(authorization, reply);
                    CallMetadataCodec.end(reply);
                })
                : NONE;
    }
}
