package io.mcpgateway.controller.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.McpApi;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The extension that objects are made for. */
public record ExtensionOwner(String namespace, String name, String uid) {
    public static final String KIND = "MCPGatewayExtension";
    static final String API_VERSION = McpApi.GROUP + "/" + McpApi.VERSION;

    public ExtensionOwner {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uid, "uid");
    }

    public static ExtensionOwner of(MCPGatewayExtension extension) {
        ObjectMeta metadata = extension.getMetadata();
        return new ExtensionOwner(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }

    /** Whether the object goes with the extension. */
    public boolean owns(HasMetadata object) {
        List<OwnerReference> owners =
                Objects.requireNonNullElse(object.getMetadata().getOwnerReferences(), List.of());
        return owners.stream().anyMatch(reference -> uid.equals(reference.getUid()));
    }

    /** Metadata of an object that is deleted with its extension. */
    ObjectMeta metadata(String objectName, Map<String, String> labels) {
        return new ObjectMetaBuilder()
                .withName(objectName)
                .withNamespace(namespace)
                .withLabels(labels)
                .withOwnerReferences(reference())
                .build();
    }

    OwnerReference reference() {
        return new OwnerReferenceBuilder()
                .withApiVersion(API_VERSION)
                .withKind(KIND)
                .withName(name)
                .withUid(uid)
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
