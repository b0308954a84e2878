package io.mcpgateway.e2e.scale.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {
    private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_UP);

    private Words() {}

    /** With three significant digits at most, and the thousands apart: {@code 0.42}, {@code 13,100}. */
    static String number(double value) {
        BigDecimal rounded = value >= 1000
                ? new BigDecimal(value).setScale(0, RoundingMode.HALF_UP)
                : new BigDecimal(value).round(THREE).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }

    /** For the label of a tick: {@code 10k}, {@code 1M}. */
    static String brief(double value) {
        if (value >= 1e6) {
            return number(value / 1e6) + "M";
        }
        return value >= 1e3 ? number(value / 1e3) + "k" : number(value);
    }
}
