package io.mcpgateway.broker.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.broker.extproc.wire.EncodedReply;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.session.SessionVerdict;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Every benchmark, run once with the first value of each parameter: it measures the good case and not a refusal. */
class BenchmarksTest {
    static List<Method> benchmarks() {
        return new ClassFileImporter()
                .importPackages(BenchmarksTest.class.getPackageName()).stream()
                        .filter(type -> type.isAssignableTo(CoreBenchmark.class))
                        .map(JavaClass::reflect)
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(Benchmark.class))
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void doesWhatItSays(Method benchmark) throws ReflectiveOperationException {
        Object state = benchmark.getDeclaringClass().getConstructor().newInstance();
        for (Field field : state.getClass().getFields()) {
            if (field.isAnnotationPresent(Param.class)) {
                field.setInt(
                        state, Integer.parseInt(field.getAnnotation(Param.class).value()[0]));
            }
        }
        for (Method method : state.getClass().getMethods()) {
            if (method.isAnnotationPresent(Setup.class)) {
                method.invoke(state);
            }
        }

        Object result = benchmark.invoke(state);

        assertThat(isGood(benchmark, result)).as("%s", result).isTrue();
    }

    private static boolean isGood(Method benchmark, Object result) {
        return switch (result) {
            case SessionVerdict verdict -> verdict instanceof SessionVerdict.Valid;
            case ConfigYaml.Result config -> config instanceof ConfigYaml.Result.Parsed;
            case ListPage page -> page instanceof ListPage.Items;
            case JsonRpcMessage message -> !(message instanceof JsonRpcMessage.Malformed);
            case RawJson list -> list.toString().contains("one_tool9");
            case Optional<?> opened -> opened.isPresent();
            case Collection<?> replies
            when replies.stream().allMatch(EncodedReply.class::isInstance) ->
                replies.size() == (benchmark.getName().equals("unknownTool") ? 1 : 2);
            case Collection<?> found -> !found.isEmpty();
            default -> !result.toString().isEmpty();
        };
    }
}
