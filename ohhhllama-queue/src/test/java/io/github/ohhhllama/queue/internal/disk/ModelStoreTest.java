package io.github.ohhhllama.queue.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.Shortage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelStoreTest {

    private static final DiskReserve NOTHING = new DiskReserve(0, 0);

    @TempDir
    private Path folder;

    @Test
    void seesTheDiskOfAFolderThatIsNotThereYet() {
        DiskStatus status =
                ModelStore.at(folder.resolve("models/of/ollama"), NOTHING).status();

        assertThat(status.trouble()).isEmpty();
        assertThat(status.free()).isPositive();
        assertThat(status.total()).isGreaterThanOrEqualTo(status.free());
        assertThat(status.location())
                .isEqualTo(folder.resolve("models/of/ollama").toString());
    }

    @Test
    void lacksRoomForWhatIsBiggerThanTheDisk() {
        ModelStore store = ModelStore.at(folder, NOTHING);
        long total = store.status().total();

        assertThat(store.shortage(0, 0)).isEmpty();
        assertThat(store.shortage(total + 1, 0).map(Shortage::needed)).contains(total + 1);
        assertThat(store.shortage(1, total)).isPresent();
    }

    @Test
    void keepsWhatIsToStayFree() {
        long total = ModelStore.at(folder, NOTHING).status().total();

        Shortage shortage = ModelStore.at(folder, new DiskReserve(2 * total, 0))
                .shortage(0, 0)
                .orElseThrow();

        assertThat(shortage.kept()).isEqualTo(2 * total);
        assertThat(shortage.missing()).isEqualTo(2 * total - shortage.free());
    }

    @Test
    void promisesNothingOfAStoreElsewhere() {
        ModelStore store = ModelStore.elsewhere("It is on another machine.");

        assertThat(store.shortage(Long.MAX_VALUE / 4, 0)).isEmpty();
        assertThat(store.status().trouble()).contains("It is on another machine.");
        assertThat(store.lastWrite(Set.of("sha256:ab"))).isEmpty();
    }

    @Test
    void tellsWhenAPartOfADownloadWasWrittenTo() throws IOException {
        Path blobs = Files.createDirectories(folder.resolve("blobs"));
        write(blobs.resolve("sha256-ab"), 9_000);
        write(blobs.resolve("sha256-ab-partial"), 1_000);
        write(blobs.resolve("sha256-ab-partial-0"), 2_000);
        write(blobs.resolve("sha256-cd-partial"), 3_000);
        ModelStore store = ModelStore.at(folder, NOTHING);

        assertThat(store.lastWrite(List.of("sha256:ab"))).contains(2_000L);
        assertThat(store.lastWrite(List.of("sha256:ab", "sha256:cd"))).contains(3_000L);
        assertThat(store.lastWrite(List.of("sha256:ef"))).contains(0L);
    }

    private static void write(Path file, long modified) throws IOException {
        Files.writeString(file, "x");
        Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
    }
}
