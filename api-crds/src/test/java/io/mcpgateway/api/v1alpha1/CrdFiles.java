package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The generated files, each by its path below the repository's root. */
final class CrdFiles {
    private static final String HEADER =
            "# Generated from io.mcpgateway.api.v1alpha1; do not edit, `make generate` writes it.\n";
    private static final Path KUSTOMIZE = Path.of("config", "crd");
    private static final Path CHART = Path.of("charts", "mcp-gateway", "crds");

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .stringQuotingChecker(new DatesAreText())
            .build());

    /** Many YAML readers take an unquoted date for a point in time. */
    private static final class DatesAreText extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
        }
    }

    private CrdFiles() {}

    static Map<Path, String> generate() throws JsonProcessingException {
        Map<Path, String> files = new TreeMap<>();
        StringBuilder kustomization = new StringBuilder(HEADER)
                .append("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n");
        for (CrdClasses classes : CrdClasses.ALL) {
            CustomResourceDefinition crd = definition(classes);
            String name =
                    crd.getSpec().getGroup() + "_" + crd.getSpec().getNames().getPlural() + ".yaml";
            String text = HEADER + YAML.writeValueAsString(integersAsSuch(YAML.valueToTree(crd)));
            files.put(KUSTOMIZE.resolve(name), text);
            files.put(CHART.resolve(name), text);
            kustomization.append("- ").append(name).append('\n');
        }
        files.put(KUSTOMIZE.resolve("kustomization.yaml"), kustomization.toString());
        return files;
    }

    static CustomResourceDefinition definition(CrdClasses classes) {
        List<CustomResourceDefinition> found = new ArrayList<>();
        int generated = new CRDGenerator()
                .withOutput(new Discard())
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        CustomResourceDefinition definition = (CustomResourceDefinition) crd;
                        CrdShape.complete(definition, classes);
                        found.add(definition);
                        return definition;
                    }
                })
                .customResourceClasses(List.of(classes.resource()))
                .generate();
        if (generated != 1 || found.size() != 1) {
            throw new IllegalStateException("no CRD came of " + classes.resource());
        }
        return found.getFirst();
    }

    /** fabric8's model holds limits as doubles; 10 is to be printed as 10. */
    private static JsonNode integersAsSuch(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                if (member.getValue().isDouble() && member.getValue().canConvertToExactIntegral()) {
                    member.setValue(LongNode.valueOf(member.getValue().asLong()));
                }
            });
        }
        tree.forEach(CrdFiles::integersAsSuch);
        return tree;
    }

    /** The generator insists on writing; the text that counts is made from the completed definition. */
    private static final class Discard implements CRDGenerator.CRDOutput<OutputStream> {
        @Override
        public OutputStream outputFor(String name) {
            return new ByteArrayOutputStream();
        }

        @Override
        public URI crdURI(String name) {
            return URI.create("file:///" + name);
        }

        @Override
        public void close() throws IOException {}
    }
}
