package io.mcpgateway.broker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ServerKey;
import org.junit.jupiter.api.Test;

class ParkedCallsTest {
    private static final CallerBinding ALICE = new CallerBinding("alice");
    private static final CallerBinding BOB = new CallerBinding("bob");
    private static final ServerKey ONE = new ServerKey("one");
    private static final ServerKey TWO = new ServerKey("two");

    @Test
    void aCallerHasSoManyAndNoMore() {
        ParkedCalls parked = new ParkedCalls(new ParkedLimits(1, 0, 0));

        assertThat(parked.begin(ALICE, ONE, "demo/one")).isEmpty();
        assertThat(parked.begin(ALICE, TWO, "demo/two"))
                .contains("too many calls of this caller wait for input: the limit is 1");
        assertThat(parked.begin(BOB, ONE, "demo/one")).isEmpty();
        parked.end(ALICE, ONE);
        assertThat(parked.begin(ALICE, TWO, "demo/two")).isEmpty();
    }

    @Test
    void callersWithoutCredentialsCannotTakeEachOthersPlaces() {
        ParkedCalls parked = new ParkedCalls(new ParkedLimits(1, 2, 0));

        assertThat(parked.begin(CallerBinding.ANONYMOUS, ONE, "demo/one")).isEmpty();
        assertThat(parked.begin(CallerBinding.ANONYMOUS, ONE, "demo/one")).isEmpty();
        assertThat(parked.begin(CallerBinding.ANONYMOUS, ONE, "demo/one"))
                .contains("too many calls for server \"demo/one\" wait for input: the limit is 2");
    }

    @Test
    void theProcessHasSoMany() {
        ParkedCalls parked = new ParkedCalls(new ParkedLimits(0, 0, 1));

        assertThat(parked.begin(ALICE, ONE, "demo/one")).isEmpty();
        assertThat(parked.begin(BOB, TWO, "demo/two")).contains("too many calls wait for input: the limit is 1");
        parked.end(ALICE, ONE);
        assertThat(parked.count()).isZero();
    }
}
