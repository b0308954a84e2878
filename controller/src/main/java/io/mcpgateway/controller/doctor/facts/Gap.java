package io.mcpgateway.controller.doctor.facts;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that could not be seen.
 *
 * @param what it is, for a message
 * @param reason why, in one line
 * @param right that is missing, if that is why
 */
public record Gap(String what, String reason, Optional<Right> right) {
    /**
     * A permission, as in a rule of a Role.
     *
     * @param group API group; empty for the core group
     * @param resource plural, perhaps with a subresource
     * @param namespace empty for the whole cluster
     */
    public record Right(String verb, String group, String resource, String namespace) {
        public Right {
            Objects.requireNonNull(verb, "verb");
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(namespace, "namespace");
        }

        /** As YAML in one line, to be added to the rules of a Role or ClusterRole. */
        public String rule() {
            return "{apiGroups: [\"%s\"], resources: [%s], verbs: [%s]}".formatted(group, resource, verb);
        }

        /** What {@code kubectl create role} calls it. */
        public String qualified() {
            int slash = resource.indexOf('/');
            if (group.isEmpty()) {
                return resource;
            }
            return slash < 0
                    ? resource + "." + group
                    : resource.substring(0, slash) + "." + group + resource.substring(slash);
        }
    }

    public Gap {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(right, "right");
    }

    public static Gap failed(String what, String reason) {
        return new Gap(what, reason, Optional.empty());
    }
}
