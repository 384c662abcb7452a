package io.github.ohhhllama.proxy.internal.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class DescriptorTableTest {

    private static final String STATUS = "Name:\tjava\nGid:\t0\t0\t0\t0\nFDSize:\tSIZE\nGroups:\t0 \n";
    private static final String LIMITS = """
            Limit                     Soft Limit           Hard Limit           Units
            Max processes             95946                95946                processes
            Max open files            LIMIT 65536                files
            Max locked memory         8388608              8388608              bytes
            """;

    @TempDir
    private Path process;

    @Test
    @EnabledOnOs(OS.LINUX)
    void hasRoomForAllStreamsOnceItIsWide() {
        DescriptorTable table = new DescriptorTable(DescriptorTable.LINUX);

        table.widen();

        assertThat(table.missing()).isZero();
    }

    @Test
    void needsNothingWhereThereIsRoom() throws IOException {
        assertThat(missing(4096, 65536)).isZero();
    }

    @Test
    void needsRoomWhereTheTableIsAsTheProcessBegan() throws IOException {
        assertThat(missing(256, 65536)).isEqualTo(4000);
    }

    @Test
    void leavesHalfOfWhatIsAllowedToOthers() throws IOException {
        assertThat(missing(256, 1024)).isEqualTo(512);
        assertThat(missing(512, 1024)).isZero();
    }

    @Test
    void leavesOtherSystemsAlone() {
        assertThat(new DescriptorTable(process.resolve("absent")).missing()).isZero();
    }

    private int missing(int size, int limit) throws IOException {
        Files.writeString(process.resolve("status"), STATUS.replace("SIZE", Integer.toString(size)));
        Files.writeString(process.resolve("limits"), LIMITS.replace("LIMIT", Integer.toString(limit)));
        return new DescriptorTable(process).missing();
    }
}
