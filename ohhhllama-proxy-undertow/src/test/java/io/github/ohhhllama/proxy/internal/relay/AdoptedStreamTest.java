package io.github.ohhhllama.proxy.internal.relay;

import java.io.IOException;

/** Streams under somebody else's listener as it does under our own. */
final class AdoptedStreamTest extends RelayStreamTest {

    @Override
    RelayFixture fixture() throws IOException {
        return RelayFixture.embedded(adoption -> adoption);
    }
}
