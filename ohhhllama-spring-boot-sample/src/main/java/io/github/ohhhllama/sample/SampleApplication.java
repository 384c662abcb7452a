package io.github.ohhhllama.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts a service that takes wishes for models and fetches them by night. */
@SpringBootApplication(proxyBeanMethods = false)
public final class SampleApplication {

    private SampleApplication() {}

    /**
     * Starts the service.
     *
     * @param arguments properties, as Spring Boot reads them
     */
    public static void main(String... arguments) {
        SpringApplication.run(SampleApplication.class, arguments);
    }
}
