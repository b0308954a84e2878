package io.mcpgateway.controller.doctor.access;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.cluster.ApiServerProbe;
import io.mcpgateway.controller.doctor.facts.ClusterView.Listing;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Asks the API server. What is forbidden in all namespaces is tried in single ones. */
public final class ApiReader {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;

    public ApiReader(KubernetesClient client) {
        this.client = client;
    }

    /** Its version, or why it does not answer. Any answer but 401 counts. */
    public Part<String> version() {
        try {
            return Part.of(
                    Objects.requireNonNullElse(client.getKubernetesVersion().getGitVersion(), "unknown"));
        } catch (KubernetesClientException problem) {
            if (problem.getCode() == UNAUTHORIZED) {
                return new Part.Unreadable<>(Gap.failed(
                        "version", "it does not accept the credentials of the kubeconfig (401); log in again"));
            }
            return problem.getCode() > 0
                    ? Part.of("unknown")
                    : new Part.Unreadable<>(Gap.failed("version", ApiServerProbe.text(client, problem)));
        }
    }

    /**
     * The objects of a kind.
     *
     * @param selector as {@code kubectl -l} takes it; empty for all
     * @param namespaces where to look if the whole cluster is forbidden
     */
    public <T extends HasMetadata> Listing list(Class<T> kind, String selector, Set<String> namespaces) {
        String what = HasMetadata.getFullResourceName(kind);
        try {
            return Listing.complete(client.resources(kind)
                    .inAnyNamespace()
                    .withLabelSelector(selector)
                    .list()
                    .getItems());
        } catch (KubernetesClientException problem) {
            return switch (problem.getCode()) {
                case NOT_FOUND ->
                    Listing.partial(
                            List.of(),
                            Set.of(),
                            Gap.failed(
                                    what,
                                    "the API server does not serve version %s of them"
                                            .formatted(HasMetadata.getVersion(kind))));
                case FORBIDDEN -> single(kind, selector, namespaces);
                default -> Listing.partial(List.of(), Set.of(), Gap.failed(what, cause(problem)));
            };
        }
    }

    /** Only of these namespaces, without calling the rest a gap. */
    public <T extends HasMetadata> Listing listIn(Class<T> kind, String selector, Set<String> namespaces) {
        Listing single = single(kind, selector, namespaces);
        boolean all = single.namespaces().equals(namespaces);
        return new Listing(
                single.items(), false, single.namespaces(), all ? Optional.empty() : single.gap(), Optional.empty());
    }

    private <T extends HasMetadata> Listing single(Class<T> kind, String selector, Set<String> namespaces) {
        List<HasMetadata> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String what = HasMetadata.getFullResourceName(kind);
        String forbidden = "";
        for (String namespace : namespaces) {
            try {
                items.addAll(client.resources(kind)
                        .inNamespace(namespace)
                        .withLabelSelector(selector)
                        .list()
                        .getItems());
                seen.add(namespace);
            } catch (KubernetesClientException problem) {
                forbidden = problem.getCode() == FORBIDDEN ? namespace : forbidden;
            }
        }
        String where = forbidden.isEmpty() || seen.isEmpty() ? "" : forbidden;
        return Listing.partial(
                items,
                seen,
                new Gap(
                        what + (seen.isEmpty() ? "" : " outside of " + String.join(", ", seen)),
                        "you may not list them (403)",
                        Optional.of(new Gap.Right(
                                "list", HasMetadata.getGroup(kind), HasMetadata.getPlural(kind), where))));
    }

    /** A Secret, whether it exists or not. */
    public Part<Optional<Secret>> secret(ObjectKey key) {
        try {
            return Part.of(Optional.ofNullable(client.secrets()
                    .inNamespace(key.namespace())
                    .withName(key.name())
                    .get()));
        } catch (KubernetesClientException problem) {
            return new Part.Unreadable<>(
                    problem.getCode() == FORBIDDEN
                            ? new Gap(
                                    "Secrets of namespace " + key.namespace(),
                                    "you may not read them (403); what the controller says of them is shown instead",
                                    Optional.of(new Gap.Right("get", "", "secrets", key.namespace())))
                            : Gap.failed("Secret " + key, cause(problem)));
        }
    }

    /** The right that is missing, if it is. */
    public Optional<Gap.Right> missing(Gap.Right right) {
        int slash = right.resource().indexOf('/');
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup(right.group())
                .withNamespace(right.namespace())
                .withResource(slash < 0 ? right.resource() : right.resource().substring(0, slash))
                .withSubresource(slash < 0 ? null : right.resource().substring(slash + 1))
                .withVerb(right.verb())
                .endResourceAttributes()
                .endSpec()
                .build();
        try {
            SelfSubjectAccessReview answer = client.resource(review).create();
            boolean allowed = answer.getStatus() == null
                    || Boolean.TRUE.equals(answer.getStatus().getAllowed());
            return allowed ? Optional.empty() : Optional.of(right);
        } catch (KubernetesClientException unanswered) {
            return Optional.empty();
        }
    }

    private String cause(KubernetesClientException problem) {
        return problem.getCode() > 0
                ? "the API server answers HTTP " + problem.getCode()
                : ApiServerProbe.text(client, problem);
    }
}
