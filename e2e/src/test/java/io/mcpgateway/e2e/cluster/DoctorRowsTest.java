package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code doctor}'s first line for each row of {@code doctor-rows.yaml}, and for pairs of them. A run takes a sample; with
 * {@code DOCTOR_ROWS=all} in the environment it takes every row and 30 pairs, which need about ten minutes more.
 */
@BedTest
@Order(32)
class DoctorRowsTest extends ClusterScenario {
    private static final boolean ALL = "all".equals(System.getenv("DOCTOR_ROWS"));
    private static final int EVERY = 6;
    private static final int PAIRS = 30;
    private static final int SAMPLED_PAIRS = 2;
    /** Always the same pairs, so a failure can be repeated. */
    private static final long SEED = 15;

    private final Doctor doctor = new Doctor(installation());

    static List<DoctorRow> rows() throws IOException {
        List<DoctorRow> all = all();
        return ALL
                ? all
                : IntStream.range(0, all.size())
                        .filter(index -> index % EVERY == 0)
                        .mapToObj(all::get)
                        .toList();
    }

    static Stream<Arguments> pairs() throws IOException {
        Random random = new Random(SEED);
        List<DoctorRow> all = all();
        List<Arguments> pairs = new ArrayList<>();
        while (pairs.size() < (ALL ? PAIRS : SAMPLED_PAIRS)) {
            DoctorRow one = all.get(random.nextInt(all.size()));
            DoctorRow other = all.get(random.nextInt(all.size()));
            if (!one.cause().equals(other.cause())) {
                pairs.add(Arguments.of(one, other));
            }
        }
        return pairs.stream();
    }

    @ParameterizedTest(name = "doctor names it: {0}")
    @MethodSource("rows")
    @Order(1)
    void theFirstLineNamesTheCause(DoctorRow row) {
        breakWith(row);

        report(List.of(row), doctor.awaitOneOf(Set.of(row.cause())));
    }

    /** The other one is the next line to mend, or its consequence. */
    @ParameterizedTest(name = "doctor names one of both: {0}, {1}")
    @MethodSource("pairs")
    @Order(2)
    void theFirstLineNamesOneOfTwoCauses(DoctorRow one, DoctorRow other) {
        breakWith(one);
        breakWith(other);

        report(List.of(one, other), doctor.awaitOneOf(Set.of(one.cause(), other.cause())));
    }

    @AfterAll
    static void everythingIsWell() {
        new Doctor(Installation.ready()).awaitHealthy();
    }

    private void breakWith(DoctorRow row) {
        if (!row.objects().isEmpty()) {
            apply(row.objects());
        }
        afterwards(() -> row.undo().forEach(words -> kubectl().run(words.toArray(String[]::new))));
        row.run().forEach(words -> kubectl().run(words.toArray(String[]::new)));
    }

    private static void report(List<DoctorRow> rows, Doctor.Diagnosis diagnosis) {
        String guide = String.join(" + ", rows.stream().map(DoctorRow::guide).toList());
        System.out.printf(
                "    %s | %s | %d ms%n",
                guide, diagnosis.line(), diagnosis.report().path("millis").asLong());
    }

    private static List<DoctorRow> all() throws IOException {
        List<DoctorRow> rows = new YAMLMapper()
                .readValue(Installation.ready().fixture("doctor-rows.yaml"), new TypeReference<List<DoctorRow>>() {});
        assertThat(rows.stream().map(DoctorRow::name)).doesNotHaveDuplicates();
        return rows;
    }
}
