package io.mcpgateway.e2e.servers;

import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.spec.McpSchema.CompleteReference;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult.CompleteCompletion;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceReference;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.List;
import java.util.stream.Stream;

/** The resources of sample server 1, and its completions. */
final class SampleResources {
    static final String NOTES = "sample://notes";
    static final String USER = "sample://users/{name}";

    private static final List<String> NAMES = List.of("alice", "albert", "bob");

    private SampleResources() {}

    static List<SyncResourceSpecification> resources() {
        Resource notes = Resource.builder(NOTES, "notes")
                .description("Notes of the day")
                .mimeType("text/plain")
                .build();
        return List.of(new SyncResourceSpecification(notes, (exchange, request) -> text(request, "Buy milk")));
    }

    static List<SyncResourceTemplateSpecification> templates() {
        ResourceTemplate user = ResourceTemplate.builder(USER, "user")
                .description("One user")
                .mimeType("text/plain")
                .build();
        return List.of(new SyncResourceTemplateSpecification(
                user, (exchange, request) -> text(request, "User of " + request.uri())));
    }

    static List<SyncCompletionSpecification> completions() {
        return Stream.<CompleteReference>of(new PromptReference("greet"), new ResourceReference(USER))
                .map(reference -> new SyncCompletionSpecification(reference, (exchange, request) -> names(request)))
                .toList();
    }

    private static ReadResourceResult text(ReadResourceRequest request, String text) {
        return ReadResourceResult.builder(List.of(
                        TextResourceContents.builder(request.uri(), text).build()))
                .build();
    }

    private static CompleteResult names(CompleteRequest request) {
        List<String> fitting = NAMES.stream()
                .filter(name -> name.startsWith(request.argument().value()))
                .toList();
        return new CompleteResult(new CompleteCompletion(fitting, fitting.size(), false));
    }
}
