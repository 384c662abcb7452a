package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row was put to Go 1.26's ServeMux with gin 1.10 behind it, the routers that Ollama v0.33 has. */
final class RequestTargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/pull",
                "/api/pull?x=1",
                "/api/pull?",
                "/api/pull?%zz",
                "/api/%70ull",
                "/%61pi/pull",
                "/api/pu%6cl?model=zz",
                "/api/pu%6Cl",
                "/api/%70%75%6c%6c",
                "/api%2Fpull",
                "/api%2fpull",
                "http://localhost/api/pull",
                "http://evil.example/api/pull",
                "HTTP://localhost/api/pull?x",
                "http://h/api%2fpull",
                "foo://h/api/pull",
                "a+b-c.d://h/api/pull",
                "http:/api/pull",
                "x:/api/pull",
                "http:///api/pull",
                "http://u:p@h:1/api/pull",
                "http://[::1]:5/api/pull",
                "http://@/api/pull"
            })
    void shouldFindEverySpellingThatPulls(String raw) {
        assertThat(RequestTarget.parse(raw))
                .hasValueSatisfying(target -> assertThat(target.path()).isEqualTo("/api/pull"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/pull/",
                "/api/pull/?a=b",
                "/api/pull%2F",
                "/api/pul%6C/",
                "/api//pull",
                "//api/pull",
                "/api/./pull",
                "/api/x/../pull",
                "/v1/../api/pull",
                "http://h/api//pull",
                "/api/pull//",
                "/./api/pull",
                "/api/pull/.",
                "/API/pull",
                "/api/PULL",
                "/api/pull%20",
                "/api/pull%00",
                "/api/pull;x=1",
                "/api/pull#f",
                "/api/pull%3Fx",
                "/api\\pull",
                "/api/pull/x",
                "/api/%2e/pull",
                "/api/x/%2e%2e/pull",
                "/api%2F/pull",
                "/%2Fapi/pull",
                "/%2561pi/pull",
                "/api/+pull",
                "/api/pull%ff",
                "/api/p\u0170ll",
                "http://h",
                "http://h?/api/pull",
                "*",
                "/"
            })
    void shouldNotMistakeOtherSpellings(String raw) {
        assertThat(RequestTarget.parse(raw))
                .hasValueSatisfying(target -> assertThat(target.path()).isNotEqualTo("/api/pull"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:x/api/pull",
                "http://local\\@evil/api/pull",
                "http://::1/api/pull",
                "http://[::1/api/pull",
                "http://local%68ost/api/pull",
                "http://localhost#x/api/pull",
                "",
                "api/pull",
                "?",
                "/api/%zz",
                "/api/pull%",
                "/api/pull%2",
                "/api/pull\u0001",
                "/api/pull?\u0001",
                "/api/pull\u007f",
                "1http://h/api/pull",
                "://h/api/pull",
                ":/api/pull",
                "%2Fapi/pull",
                "%2fapi%2fpull"
            })
    void shouldRefuseWhatGoRefuses(String raw) {
        assertThat(RequestTarget.parse(raw)).isEmpty();
    }

    /** Go takes them for a scheme and something opaque; no client has a use for that. */
    @ParameterizedTest
    @ValueSource(strings = {"http:api/pull", "a:b://h/api/pull", "http:", "mailto:x"})
    void shouldRefuseASchemeBeforeWhatIsNoPath(String raw) {
        assertThat(RequestTarget.parse(raw)).isEmpty();
    }

    /** None of them is absolute, whatever stands behind them: Go answers 400 to each. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "1", "_http", "a_b", "-", "%", "%zz", "@", ".", "*", "\"http", "(http", "#", "a#b", ";", "%70", "+",
                "x/y", "x//y", "\u00e9", "a b", "1http"
            })
    void shouldRefuseWhatHasNoSchemeBeforeItsAuthority(String scheme) {
        assertThat(RequestTarget.parse(scheme + "://x/api/pull")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a%2fb?c=%zz              | GET     | /a%2fb?c=%zz",
                "http://h/a//b/../c?d      | GET     | /a//b/../c?d",
                "http://h/a:b://c          | GET     | /a:b://c",
                "http:/api/pull            | GET     | /api/pull",
                "http://h?x                | GET     | /?x",
                "http://h                  | GET     | /",
                "http://h                  | OPTIONS | *",
                "*                         | OPTIONS | *",
            })
    void shouldSendOnWhatWasJudged(String raw, String method, String onward) {
        assertThat(RequestTarget.parse(raw)).hasValueSatisfying(target -> {
            assertThat(target.onward(method)).isEqualTo(onward);
            assertThat(RequestTarget.parse(target.onward(method)).map(RequestTarget::path))
                    .hasValue(target.path().isEmpty() ? target.onward(method).substring(0, 1) : target.path());
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://localhost/api/pull    | localhost",
                "http://u:p@h:1/api/pull      | h:1",
                "http://[::1]:5/api/pull?x@y  | [::1]:5",
                "http://h?x                   | h",
            })
    void shouldKnowTheAuthorityOfAnAbsoluteTarget(String raw, String authority) {
        assertThat(RequestTarget.parse(raw))
                .get()
                .extracting(RequestTarget::authority)
                .isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/pull", "http:/api/pull", "http:///api/pull", "http://@/api/pull", "//h/api/pull", "*"})
    void shouldLeaveTheHostToItsHeaderOtherwise(String raw) {
        assertThat(RequestTarget.parse(raw))
                .get()
                .extracting(RequestTarget::authority)
                .isNull();
    }

    @Test
    void shouldDecodeOnce() {
        assertThat(RequestTarget.parse("/a%2520b/%C3%A9?%zz"))
                .get()
                .extracting(RequestTarget::path)
                .isEqualTo("/a%20b/\u00e9");
    }
}
