package io.mcpgateway.broker.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
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
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.mcpgateway.broker.router.KnownBadRouteHelper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The dependency rules of the broker (docs/architecture.md). Every rule runs twice: on the real classes, which must
 * pass, and on {@link KnownBadRouteHelper}, which must not, so that a rule that checks nothing is noticed.
 */
class ArchitectureTest {
    private static final String BASE = "io.mcpgateway.broker";
    private static final int MOST_TYPES = 20;
    private static final String[] CORE = {
        BASE + ".json",
        BASE + ".mcp..",
        BASE + ".era",
        BASE + ".translation",
        BASE + ".sse",
        BASE + ".refusal",
        BASE + ".definition",
        BASE + ".session",
        BASE + ".url",
        BASE + ".requeststate",
        BASE + ".authorization",
        BASE + ".listing",
        BASE + ".catalog..",
        BASE + ".tasks",
        BASE + ".search..",
        BASE + ".router..",
        BASE + ".answer..",
    };

    /** docs/adr/002: both sides are in one process, and neither knows the other. */
    private static final String[] ROUTER_SIDE = {
        BASE + ".router..",
        BASE + ".answer..",
        BASE + ".dispatch..",
        BASE + ".audit..",
        BASE + ".extproc..",
        BASE + ".embedded..",
    };

    private static final String[] BROKER_SIDE = {
        BASE + ".endpoint..", BASE + ".status..", BASE + ".oauth..", BASE + ".registry..", BASE + ".discovery..",
    };

    /** Belongs to one message or one stream, and may change while it reads it (docs/adr/029). */
    private static final DescribedPredicate<JavaClass> CONFINED_PARSER = resideInAnyPackage(CORE)
            .and(simpleNameMatching(".*(Decoder|Reading|Rewriter|Scan)"))
            .as("a confined parser");

    private static final JavaClasses REAL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);
    private static final JavaClasses BAD = new ClassFileImporter()
            .importClasses(KnownBadRouteHelper.class, io.mcpgateway.broker.endpoint.KnownBadEndpoint.class);

    private static final Map<String, ArchRule> RULES = rules();

    static Stream<String> names() {
        return RULES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theBrokerKeepsTheRule(String name) {
        rule(name).check(REAL);
    }

    @ParameterizedTest
    @MethodSource("names")
    void theRuleCatchesAKnownBadClass(String name) {
        assertThat(rule(name).evaluate(BAD).hasViolation()).isTrue();
    }

    @Test
    void noPackageHasMoreTypesThanOneCanKnow() {
        Map<String, Long> crowded = REAL.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));

        assertThat(crowded).hasSizeGreaterThan(20);
        crowded.values().removeIf(types -> types <= MOST_TYPES);
        assertThat(crowded).isEmpty();
    }

    private static ArchRule rule(String name) {
        return Objects.requireNonNull(RULES.get(name), name).allowEmptyShould(false);
    }

    private static Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put(
                "the core uses plain Java, Jackson, JOSE and itself only",
                classes()
                        .that()
                        .resideInAnyPackage(CORE)
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(CORE)
                                .or(resideInAnyPackage(
                                        "io.mcpgateway.api.contract..",
                                        "io.mcpgateway.api.wire..",
                                        "java.lang..",
                                        "java.util",
                                        "java.util.function..",
                                        "java.util.stream..",
                                        "java.util.concurrent",
                                        "java.util.regex",
                                        "java.time..",
                                        "java.math..",
                                        "java.text..",
                                        "java.nio.charset..",
                                        "java.nio",
                                        "java.security..",
                                        "javax.crypto..",
                                        "com.fasterxml.jackson..",
                                        "com.nimbusds..",
                                        "org.jspecify.."))
                                .or(nameMatching("java\\.net\\.URI|java\\.io\\.(ByteArrayOutputStream|OutputStream"
                                        + "|IOException|UncheckedIOException|Serializable)|\\[*[BCDFIJSZ]"))
                                .or(nameMatching("\\[+L.*")))
                        .because("decisions must be testable as values"));
        rules.put(
                "the core reads no clock, chance, environment, and starts nothing",
                noClasses()
                        .that()
                        .resideInAnyPackage(CORE)
                        .should()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(System.class, "nanoTime")
                        .orShould()
                        .callMethod(System.class, "getenv", String.class)
                        .orShould()
                        .callMethod(java.util.UUID.class, "randomUUID")
                        .orShould()
                        .callMethod(Math.class, "random")
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(Thread.class));
        rules.put(
                "the core does not log",
                noClasses()
                        .that()
                        .resideInAnyPackage(CORE)
                        .should()
                        .dependOnClassesThat(resideInAPackage("org.slf4j..")));
        rules.put(
                "core fields are final, but for those of confined parsers",
                fields().that()
                        .areDeclaredInClassesThat(resideInAnyPackage(CORE).and(not(CONFINED_PARSER)))
                        .should()
                        .beFinal());
        rules.put(
                "fields of confined parsers are private, and no other core class keeps one",
                fields().that()
                        .areDeclaredInClassesThat(resideInAnyPackage(CORE))
                        .should(notHoldAConfinedParser()));
        rules.put(
                "core classes are records, enums, interfaces, or final with private constructors",
                classes().that().resideInAnyPackage(CORE).should(beValueOrFunctions()));
        rules.put(
                "the router's side knows nothing of the broker's",
                noClasses()
                        .that()
                        .resideInAnyPackage(ROUTER_SIDE)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(BROKER_SIDE)));
        rules.put(
                "the broker's side knows nothing of the router's",
                noClasses()
                        .that()
                        .resideInAnyPackage(BROKER_SIDE)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(ROUTER_SIDE)));
        rules.put(
                "packages have no cycles",
                slices().matching(BASE + ".(*)..").should().beFreeOfCycles());
        rules.put(
                "gRPC and Envoy types stay in extproc",
                only(
                        new String[] {BASE, BASE + ".extproc.."},
                        "io.grpc..",
                        "io.envoyproxy..",
                        "com.google.protobuf.."));
        rules.put("the HTTP server stays in http", only(new String[] {BASE, BASE + ".http.."}, "io.helidon.."));
        rules.put(
                "the HTTP client's library stays in transport",
                only(new String[] {BASE + ".transport.."}, "org.apache.hc.."));
        rules.put("OpenTelemetry stays in tracing", only(new String[] {BASE + ".tracing.."}, "io.opentelemetry.."));
        rules.put(
                "there is no other HTTP client",
                noClasses().should().dependOnClassesThat(resideInAnyPackage("java.net.http..")));
        rules.put(
                "the Redis client stays in session.redis",
                only(new String[] {BASE + ".session.redis.."}, "redis.clients.."));
        rules.put(
                "Kubernetes stays in config",
                only(new String[] {BASE + ".config.."}, "io.fabric8..", "io.mcpgateway.api.v1alpha1.."));
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
        return rules;
    }

    private static ArchRule only(String[] homes, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat(resideInAnyPackage(libraries));
    }

    private static DescribedPredicate<JavaClass> simpleNameMatching(String pattern) {
        return DescribedPredicate.describe(
                "simple name matching " + pattern, type -> type.getSimpleName().matches(pattern));
    }

    private static ArchCondition<JavaField> notHoldAConfinedParser() {
        return new ArchCondition<>("be private in confined parsers, and not hold one elsewhere") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                boolean good = CONFINED_PARSER.test(field.getOwner())
                        ? field.getModifiers().contains(JavaModifier.PRIVATE)
                                || field.getModifiers().contains(JavaModifier.STATIC)
                        : !CONFINED_PARSER.test(field.getRawType());
                events.add(new SimpleConditionEvent(field, good, field.getFullName() + " shares a parser's state"));
            }
        };
    }

    private static ArchCondition<JavaClass> beValueOrFunctions() {
        return new ArchCondition<>("be a record, enum, interface, or final class with private constructors") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean functions = type.getModifiers().contains(JavaModifier.FINAL)
                        && type.getConstructors().stream()
                                .noneMatch(constructor ->
                                        constructor.getModifiers().contains(JavaModifier.PUBLIC));
                boolean good = type.isRecord()
                        || type.isEnum()
                        || type.isInterface()
                        || type.isAnonymousClass()
                        || type.isAssignableTo(Throwable.class)
                        || type.getSimpleName().equals("package-info")
                        || functions;
                events.add(new SimpleConditionEvent(type, good, type.getName() + " is neither value nor functions"));
            }
        };
    }
}
