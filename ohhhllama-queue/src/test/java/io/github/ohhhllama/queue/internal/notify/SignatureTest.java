package io.github.ohhhllama.queue.internal.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SignatureTest {

    /** The example that the libraries of Standard Webhooks test themselves with. */
    @Test
    void isThatOfStandardWebhooks() {
        String signature = new Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}".getBytes(UTF_8));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void takesAnyTextForASecret() {
        assertThat(new Signature("open sesame").of("id", 1, new byte[0])).startsWith("v1,");
    }

    @Test
    void refusesWhatOnlyLooksLikeAKeyAndDoesNotRepeatIt() {
        assertThatThrownBy(() -> Signature.key("whsec_no base64!"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("after whsec_ a secret goes on in Base64");
        assertThatThrownBy(() -> Signature.key("whsec_")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNotShown() {
        assertThat(new Signature("open sesame")).hasToString("Signature");
    }
}
