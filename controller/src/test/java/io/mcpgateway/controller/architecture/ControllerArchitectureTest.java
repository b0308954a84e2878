package io.mcpgateway.controller.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.mcpgateway.controller.extension.KnownBadPlannerHelper;
import io.mcpgateway.controller.gatewayapi.KnownBadRule;
import io.mcpgateway.controller.registration.KnownBadRegistration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The dependency rules of the controller (docs/architecture.md). Every rule runs twice: on the real classes, which
 * must pass, and on {@link KnownBadPlannerHelper}, which must not, so that a rule that checks nothing is noticed.
 */
class ControllerArchitectureTest {
    private static final String BASE = "io.mcpgateway.controller";

    private static final DescribedPredicate<JavaClass> CORE = resideInAnyPackage(
                    BASE + ".conditions..",
                    BASE + ".doctor.checks..",
                    BASE + ".doctor.facts..",
                    BASE + ".doctor.findings..",
                    BASE + ".doctor.network..",
                    BASE + ".doctor.objects..",
                    BASE + ".gatewayapi..",
                    BASE + ".fleet..",
                    BASE + ".desired..",
                    BASE + ".drift..",
                    BASE + ".marks..",
                    BASE + ".extension..",
                    BASE + ".reasons..",
                    BASE + ".references..",
                    BASE + ".registration..",
                    BASE + ".secrets..",
                    BASE + ".trace.answers..",
                    BASE + ".translation..",
                    BASE + ".urls.recipes..",
                    BASE + ".why.answers..",
                    BASE + ".virtualserver..")
            .as("the core");

    private static final DescribedPredicate<JavaClass> SHELL_OF_THE_CLUSTER = resideInAnyPackage(
                    BASE,
                    BASE + ".brokers..",
                    BASE + ".cluster..",
                    BASE + ".doctor",
                    BASE + ".doctor.access..",
                    BASE + ".doctor.reading..",
                    BASE + ".installation..",
                    BASE + ".reconcile..",
                    BASE + ".trace",
                    BASE + ".urls",
                    BASE + ".why")
            .as("cluster, brokers, doctor's reading, installation, reconcile, trace, urls, why and start-up");

    private static final JavaClasses REAL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);
    private static final JavaClasses BAD = new ClassFileImporter()
            .importClasses(KnownBadPlannerHelper.class, KnownBadRegistration.class, KnownBadRule.class);

    private static final Map<String, ArchRule> RULES = rules();

    static Stream<String> names() {
        return RULES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theControllerKeepsTheRule(String name) {
        rule(name).check(REAL);
    }

    @ParameterizedTest
    @MethodSource("names")
    void theRuleCatchesAKnownBadClass(String name) {
        assertThat(rule(name).evaluate(BAD).hasViolation()).isTrue();
    }

    private static ArchRule rule(String name) {
        return Objects.requireNonNull(RULES.get(name), name).allowEmptyShould(false);
    }

    private static Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        coreRules(rules);
        layerRules(rules);
        nameRules(rules);
        return rules;
    }

    private static void coreRules(Map<String, ArchRule> rules) {
        rules.put(
                "the core uses plain Java, Jackson, object models and itself only",
                classes()
                        .that(CORE)
                        .should()
                        .onlyDependOnClassesThat(CORE.or(resideInAnyPackage(
                                        "io.mcpgateway.api..",
                                        "io.fabric8.kubernetes.api..",
                                        "io.fabric8.istio.api..",
                                        "java.lang..",
                                        "java.util",
                                        "java.util.function..",
                                        "java.util.stream..",
                                        "java.util.regex..",
                                        "java.time..",
                                        "java.math..",
                                        "java.nio.charset..",
                                        "java.security..",
                                        "com.fasterxml.jackson..",
                                        "org.jspecify.."))
                                .or(
                                        nameMatching(
                                                "java\\.net\\.URI(SyntaxException)?"
                                                        + "|java\\.io\\.(UncheckedIOException|IOException|Serializable)|\\[*[BCDFIJSZ]"))
                                .or(nameMatching("\\[+L.*")))
                        .because("decisions must be testable as values"));
        rules.put(
                "the core reads no clock, chance, environment, and starts nothing",
                noClasses()
                        .that(CORE)
                        .should()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(System.class, "nanoTime")
                        .orShould()
                        .callMethod(java.util.UUID.class, "randomUUID")
                        .orShould()
                        .callMethod(Math.class, "random")
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(java.util.Random.class)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(Thread.class));
        rules.put(
                "the core does not log",
                noClasses().that(CORE).should().dependOnClassesThat(resideInAPackage("org.slf4j..")));
        rules.put(
                "core fields are final",
                fields().that().areDeclaredInClassesThat(CORE).should().beFinal());
        rules.put(
                "core classes are records, enums, interfaces, or final with private constructors",
                classes().that(CORE).should(beValueOrFunctions()));
    }

    private static void layerRules(Map<String, ArchRule> rules) {
        rules.put(
                "the control plane knows nothing of the data plane's protocols",
                noClasses()
                        .that(alwaysTrue())
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(
                                "io.grpc..", "io.envoyproxy..", "com.google.protobuf..", "io.modelcontextprotocol..")));
        rules.put(
                "the Kubernetes client and the operator SDK stay in the shell",
                noClasses()
                        .that(not(SHELL_OF_THE_CLUSTER))
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..")));
        rules.put(
                "registrations and virtual servers know nothing of extensions",
                noClasses()
                        .that(resideInAnyPackage(BASE + ".registration..", BASE + ".virtualserver..")
                                .and(CORE))
                        .should()
                        .dependOnClassesThat(resideInAPackage(BASE + ".extension..")));
        rules.put(
                "rules know nothing of features",
                noClasses()
                        .that(resideInAnyPackage(BASE + ".gatewayapi..", BASE + ".conditions.."))
                        .should()
                        .dependOnClassesThat(resideInAPackage(BASE + "..")
                                .and(not(resideInAnyPackage(BASE + ".gatewayapi..", BASE + ".conditions..")))));
        rules.put(
                "packages have no cycles",
                slices().matching(BASE + ".(*)..").should().beFreeOfCycles());
    }

    private static void nameRules(Map<String, ArchRule> rules) {
        rules.put(
                "environment is read in Main only",
                noClasses()
                        .that(nameMatching(".*(?<!Main)$"))
                        .should()
                        .callMethod(System.class, "getenv")
                        .orShould()
                        .callMethod(System.class, "getenv", String.class)
                        .orShould()
                        .callMethod(System.class, "exit", int.class));
        rules.put(
                "names say what a class is",
                noClasses().that(alwaysTrue()).should().haveNameMatching(".*(Util|Utils|Helper|Common|Manager|Impl)$"));
        rules.put(
                "no method exists for tests",
                methods()
                        .that()
                        .areDeclaredInClassesThat(resideInAPackage(BASE + ".."))
                        .should()
                        .haveNameNotMatching(".*ForTest(s|ing)?$"));
    }

    private static ArchCondition<JavaClass> beValueOrFunctions() {
        DescribedPredicate<JavaClass> functions = describe(
                "final with private constructors",
                type -> type.getModifiers().contains(JavaModifier.FINAL)
                        && type.getConstructors().stream()
                                .noneMatch(constructor ->
                                        constructor.getModifiers().contains(JavaModifier.PUBLIC)));
        return new ArchCondition<>("be a record, enum, interface, or final class with private constructors") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean good = type.isRecord()
                        || type.isEnum()
                        || type.isInterface()
                        || type.isAnonymousClass()
                        || type.getSimpleName().equals("package-info")
                        || functions.test(type);
                events.add(new SimpleConditionEvent(type, good, type.getName() + " is neither value nor functions"));
            }
        };
    }
}
