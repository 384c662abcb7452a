package io.github.ohhhllama.proxy.internal.relay;

import java.io.IOException;

/** Begins and ends under somebody else's listener as it does under our own. */
final class AdoptedLifecycleTest extends RelayLifecycleTest {

    @Override
    RelayFixture fixture() throws IOException {
        return RelayFixture.embedded(adoption -> adoption);
    }
}
