// Calls that wait to be given up by their client, for the servers of the stranger's bench.
const WAIT_MILLIS = 30_000;
const givenUp = new Set();

/** Says how the wait ended; signal is the call's. */
export function untilGivenUp(key, signal) {
    return new Promise((resolve) => {
        const end = setTimeout(() => resolve('nobody gave up'), WAIT_MILLIS);
        signal.addEventListener('abort', () => {
            clearTimeout(end);
            givenUp.add(key);
            resolve('given up');
        });
    });
}

/** Whether the wait was given up; allows the word some time to arrive. */
export async function wasGivenUp(key) {
    for (let tries = 0; tries < 100 && !givenUp.has(key); tries++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return String(givenUp.has(key));
}
