package io.mcpgateway.e2e.bench;

/** One line of the table. */
record BenchRow(String scenario, String measured, String target, Verdict verdict) {
    enum Verdict {
        MET("met"),
        MISSED("MISSED"),
        SHOWN("");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static BenchRow judged(String scenario, String measured, String target, boolean met) {
        return new BenchRow(scenario, measured, target, met ? Verdict.MET : Verdict.MISSED);
    }

    static BenchRow shown(String scenario, String measured) {
        return new BenchRow(scenario, measured, "", Verdict.SHOWN);
    }
}
