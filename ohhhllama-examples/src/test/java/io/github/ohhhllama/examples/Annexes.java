package io.github.ohhhllama.examples;

import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the modules that the examples do not use, so that nobody has to download Spring for the sake of the demo. They
 * are built before this one; in a build that leaves them out there is nothing to look at.
 */
final class Annexes implements LocationProvider {

    @Override
    public Set<Location> get(Class<?> testClass) {
        return Stream.of("ohhhllama-spring-boot-starter", "ohhhllama-spring-boot-sample")
                .map(module -> Path.of("..", module, "target", "classes"))
                .filter(Files::isDirectory)
                .map(Location::of)
                .collect(Collectors.toSet());
    }
}
