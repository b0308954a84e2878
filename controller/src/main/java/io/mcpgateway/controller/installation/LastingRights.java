package io.mcpgateway.controller.installation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.McpApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the controller finish when {@code kubectl delete -k} deletes its permissions and ServiceAccount together with
 * everything that it has to clean up. A copy of its ClusterRole, bound to it, is owned by our CRDs: Kubernetes removes
 * both when the last CRD is deleted, when they are no longer needed. A finalizer keeps the ServiceAccount until then.
 */
public final class LastingRights {
    private static final Logger log = LoggerFactory.getLogger(LastingRights.class);
    private static final List<String> CRDS = Stream.of(
                    "mcpgatewayextensions", "mcpserverregistrations", "mcpvirtualservers")
            .map(plural -> plural + "." + McpApi.GROUP)
            .toList();

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final String lasting;

    /**
     * @param namespace of the ServiceAccount
     * @param name of ServiceAccount, ClusterRole and ClusterRoleBinding alike
     */
    public LastingRights(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.lasting = name + "-uninstall";
    }

    /** Makes them; may be called again at any time. */
    public void secure() {
        ClusterRole own = Objects.requireNonNull(
                client.rbac().clusterRoles().withName(name).get(), () -> "there is no ClusterRole " + name);
        ObjectMeta metadata = metadata();
        put(new ClusterRoleBuilder()
                .withMetadata(metadata)
                .withRules(own.getRules())
                .addNewRule()
                .withApiGroups("apiextensions.k8s.io")
                .withResources("customresourcedefinitions")
                .withResourceNames(CRDS)
                .withVerbs("get")
                .endRule()
                .build());
        put(new ClusterRoleBindingBuilder()
                .withMetadata(metadata)
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", lasting)
                .withSubjects(new SubjectBuilder()
                        .withKind("ServiceAccount")
                        .withName(name)
                        .withNamespace(namespace)
                        .build())
                .build());
        changeFinalizers(finalizers -> Stream.concat(finalizers.stream(), Stream.of(McpApi.FINALIZER))
                .distinct()
                .toList());
        log.info("permissions are kept until the CRDs are deleted clusterRole={}", lasting);
    }

    /** Whether this controller is being removed from the cluster, not just restarted. */
    public boolean isUninstalled() {
        ServiceAccount account = account();
        return account == null || OwnObjects.isBeingDeleted(account);
    }

    /** Whether our kinds are being removed. */
    public boolean kindsAreLeaving() {
        return CRDS.stream()
                .map(crd -> client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(crd)
                        .get())
                .anyMatch(crd -> crd == null || OwnObjects.isBeingDeleted(crd));
    }

    /** Lets the ServiceAccount go; the last thing that this controller can do. */
    public void release() {
        changeFinalizers(finalizers -> finalizers.stream()
                .filter(finalizer -> !McpApi.FINALIZER.equals(finalizer))
                .toList());
    }

    private ObjectMeta metadata() {
        List<OwnerReference> owners = new ArrayList<>();
        for (String crd : CRDS) {
            CustomResourceDefinition definition = Objects.requireNonNull(
                    client.apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .withName(crd)
                            .get(),
                    () -> "there is no CRD " + crd);
            owners.add(new OwnerReferenceBuilder()
                    .withApiVersion(HasMetadata.getApiVersion(CustomResourceDefinition.class))
                    .withKind("CustomResourceDefinition")
                    .withName(crd)
                    .withUid(definition.getMetadata().getUid())
                    .build());
        }
        return new ObjectMetaBuilder()
                .withName(lasting)
                .withLabels(Map.of(
                        ObjectNames.LABEL_NAME, ObjectNames.BROKER,
                        ObjectNames.LABEL_MANAGED_BY, ObjectNames.CONTROLLER))
                .withOwnerReferences(owners)
                .build();
    }

    private <T extends HasMetadata> void put(T wanted) {
        if (client.resource(wanted).get() == null) {
            client.resource(wanted).create();
        } else {
            client.resource(wanted).update();
        }
    }

    private @Nullable ServiceAccount account() {
        return client.serviceAccounts().inNamespace(namespace).withName(name).get();
    }

    private void changeFinalizers(UnaryOperator<List<String>> change) {
        ServiceAccount account = account();
        if (account == null) {
            return;
        }
        List<String> wanted = change.apply(account.getMetadata().getFinalizers());
        if (!wanted.equals(account.getMetadata().getFinalizers())) {
            account.getMetadata().setFinalizers(wanted);
            client.resource(account).update();
        }
    }
}
