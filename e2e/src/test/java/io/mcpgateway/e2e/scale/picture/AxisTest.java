package io.mcpgateway.e2e.scale.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void similarValuesStartAtZero() {
        Axis axis = Axis.of(List.of(3.1, 7.2));

        assertThat(axis.logarithmic()).isFalse();
        assertThat(axis.ticks()).containsExactly(0.0, 4.0, 8.0);
        assertThat(axis.at(7.2)).isEqualTo(0.9, within(1e-9));
    }

    @Test
    void veryDifferentValuesHaveDecades() {
        Axis axis = Axis.of(List.of(0.4, 31.0));

        assertThat(axis.ticks()).containsExactly(0.1, 1.0, 10.0, 100.0);
        assertThat(axis.at(1)).isEqualTo(1 / 3.0, within(1e-9));
        assertThat(axis.at(0.1)).isZero();
        assertThat(axis.at(100)).isOne();
    }

    @Test
    void aPowerOfTenNeedsNoFurtherDecade() {
        assertThat(Axis.of(List.of(1.0, 1000.0)).ticks()).containsExactly(1.0, 10.0, 100.0, 1000.0);
    }

    @Test
    void nothingButZeroHasAnAxis() {
        assertThat(Axis.of(List.of(0.0, 0.0)).at(0)).isZero();
    }

    @Test
    void aValueBeyondItsEndsIsRefused() {
        Axis axis = Axis.of(List.of(1.0, 100.0));

        assertThatIllegalArgumentException().isThrownBy(() -> axis.at(0.9));
        assertThatIllegalArgumentException().isThrownBy(() -> axis.at(101));
    }

    @Test
    void pointsAreAsFarApartAsTheirRatio() {
        Axis axis = Axis.ofPoints(List.of(10, 100, 1000));

        assertThat(axis.at(100)).isEqualTo(0.5, within(1e-9));
        assertThat(Axis.ofPoints(List.of(7)).at(7)).isEqualTo(0.5);
    }
}
