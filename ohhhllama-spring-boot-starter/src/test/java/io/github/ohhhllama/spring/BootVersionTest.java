package io.github.ohhhllama.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/** Makes sure that the tests run with the Spring Boot they are meant to run with: all of them run with two. */
final class BootVersionTest {

    @Test
    void isTheExpectedOne() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("spring-boot.expected"));
    }
}
