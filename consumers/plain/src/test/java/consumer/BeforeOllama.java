package consumer;

import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs an example before an Ollama with something to offer, and presses Enter when all of it was fetched. */
public final class BeforeOllama {

    private static final List<String> MODELS = List.of("llama3:8b", "phi3:mini");

    private BeforeOllama() {}

    public static void main(String... arguments) throws Exception {
        try (FakeOllama ollama = FakeOllama.start()) {
            MODELS.forEach(model -> ollama.offer(FakeModel.of(model, 1000)));
            System.setIn(new Enter(ollama));
            List<String> own = new ArrayList<>(Arrays.asList(arguments));
            String example = own.remove(0);
            own.add(1, ollama.uri().toString());
            Class.forName(example)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) own.toArray(String[]::new));
            System.out.println("fetched " + ollama.installed().stream().sorted().toList());
        }
    }

    private static final class Enter extends InputStream {

        private final FakeOllama ollama;

        private Enter(FakeOllama ollama) {
            this.ollama = ollama;
        }

        @Override
        public int read() {
            for (int look = 0; look < 600; look++) {
                if (ollama.installed().containsAll(MODELS)) {
                    return '\n';
                }
                rest();
            }
            throw new IllegalStateException("expected " + MODELS + " within a minute, got " + ollama.installed());
        }

        private static void rest() {
            try {
                Thread.sleep(100);
            } catch (InterruptedException hurry) {
                throw new IllegalStateException(hurry);
            }
        }
    }
}
