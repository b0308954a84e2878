package io.mcpgateway.api.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.mcpgateway.api.contract.KnownBadContract;
import io.mcpgateway.api.v1alpha1.KnownBadResource;
import io.mcpgateway.runtime.KnownBadRuntime;
import org.junit.jupiter.api.Test;

/** The broker takes this module without fabric8, so what the broker uses of it must not need fabric8. */
class ArchitectureTest {
    private static final String BASE = "io.mcpgateway.api";
    private static final String RUNTIME = "io.mcpgateway.runtime";
    private static final JavaClasses REAL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE, RUNTIME);

    private static final ArchRule CONTRACT_IS_PLAIN = classes()
            .that()
            .resideInAnyPackage(BASE + ".contract..", BASE + ".wire..", BASE + ".envoy..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    BASE + ".contract..",
                    BASE + ".wire..",
                    BASE + ".envoy..",
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.jspecify.."))
            .allowEmptyShould(false);

    private static final ArchRule RESOURCES_KNOW_NO_CONTRACT = noClasses()
            .that()
            .resideInAPackage(BASE + ".v1alpha1..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(BASE + ".contract..", BASE + ".wire..", BASE + ".envoy.."))
            .allowEmptyShould(false);

    private static final ArchRule RUNTIME_KNOWS_NO_DOMAIN = classes()
            .that()
            .resideInAPackage(RUNTIME + "..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    RUNTIME + "..",
                    "java..",
                    "com.sun.net.httpserver..",
                    "ch.qos.logback..",
                    "io.micrometer..",
                    "org.slf4j..",
                    "org.jspecify.."))
            .allowEmptyShould(false);

    @Test
    void theContractUsesTheJdkAndJacksonOnly() {
        CONTRACT_IS_PLAIN.check(REAL);

        assertThat(CONTRACT_IS_PLAIN
                        .evaluate(new ClassFileImporter().importClasses(KnownBadContract.class))
                        .getFailureReport()
                        .getDetails())
                .anySatisfy(detail -> assertThat(detail).contains("io.fabric8"));
    }

    @Test
    void theResourcesKnowNothingOfTheContract() {
        RESOURCES_KNOW_NO_CONTRACT.check(REAL);

        assertThat(RESOURCES_KNOW_NO_CONTRACT
                        .evaluate(new ClassFileImporter().importClasses(KnownBadResource.class))
                        .hasViolation())
                .isTrue();
    }

    @Test
    void whatBothProcessesShareKnowsNeitherMcpNorKubernetes() {
        RUNTIME_KNOWS_NO_DOMAIN.check(REAL);

        assertThat(RUNTIME_KNOWS_NO_DOMAIN
                        .evaluate(new ClassFileImporter().importClasses(KnownBadRuntime.class))
                        .hasViolation())
                .isTrue();
    }
}
