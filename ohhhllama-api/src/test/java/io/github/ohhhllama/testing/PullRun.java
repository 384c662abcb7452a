package io.github.ohhhllama.testing;

import io.github.ohhhllama.ModelName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays one pull line by line, as Ollama's {@code PullModel} writes it, faults included. Used by one thread. */
final class PullRun {

    /** Takes a line of progress. */
    interface Lines {
        void line(String json) throws IOException;
    }

    private final ModelName name;
    private final ModelStore store;
    private final Script script;
    private final Lines lines;
    private Fault fault;

    PullRun(ModelName name, ModelStore store, Script script, Lines lines) {
        this.name = name;
        this.store = store;
        this.script = script;
        this.lines = lines;
        this.fault = script.nextFault(name, store.offered(name).isPresent());
    }

    /** Plays the pull and returns what ended it: {@link Fault#NONE} after success. */
    Fault play() throws IOException, InterruptedException {
        status("pulling manifest");
        Optional<FakeModel> offered = store.offered(name);
        if (strikes(0)) {
            return fault;
        }
        if (offered.isEmpty()) {
            return Fault.UNKNOWN_MODEL;
        }
        FakeModel model = offered.get();
        boolean replaces = store.installed(name).isPresent()
                && !store.installed(name).get().model().digest().equals(model.digest());
        long before = 0;
        for (FakeModel.Layer layer : model.layers()) {
            if (fetch(layer, before)) {
                return fault;
            }
            before += layer.size();
        }
        settle(model, replaces);
        return Fault.NONE;
    }

    private void settle(FakeModel model, boolean replaces) throws IOException, InterruptedException {
        status("verifying sha256 digest");
        if (fault.kind() == Fault.Kind.HANG_VERIFYING) {
            script.awaitResume();
        }
        status("writing manifest");
        if (replaces) {
            status("removing unused layers");
        }
        if (fault.kind() != Fault.Kind.UNLISTED) {
            store.install(model);
        }
        status("success");
    }

    /** Fetches what is missing of a layer and tells whether the pull ended over it. */
    private boolean fetch(FakeModel.Layer layer, long before) throws IOException, InterruptedException {
        long here = store.downloaded(layer);
        progress(layer, here);
        try (LayerSource source = source(layer, here)) {
            while (here < layer.size()) {
                if (strikes(before + here)) {
                    return true;
                }
                long wanted = Math.min(layer.size() - here, untilFault(before + here));
                here = store.add(layer, source.next(wanted));
                progress(layer, here);
            }
        }
        return strikes(before + here);
    }

    private LayerSource source(FakeModel.Layer layer, long here) throws IOException {
        RegistryServer registry = script.registry();
        return registry == null || here == layer.size()
                ? script.pacing()::next
                : LayerDownload.open(registry.host(), layer, here);
    }

    /** Tells whether the fault ends the pull at this point; one that only hangs is over when the test resumes. */
    private boolean strikes(long bytes) throws InterruptedException {
        if (!fault.kind().waitsForBytes() || bytes < fault.afterBytes()) {
            return false;
        }
        if (fault.kind() == Fault.Kind.HANG) {
            fault = Fault.NONE;
            script.awaitResume();
            return false;
        }
        return true;
    }

    private long untilFault(long bytes) {
        return fault.kind().waitsForBytes() ? Math.max(1, fault.afterBytes() - bytes) : Long.MAX_VALUE;
    }

    private void status(String text) throws IOException {
        lines.line(Json.object("status", text));
    }

    private void progress(FakeModel.Layer layer, long completed) throws IOException {
        List<Object> fields = new ArrayList<>(
                List.of("status", "pulling " + layer.shortDigest(), "digest", layer.digest(), "total", layer.size()));
        // Go leaves out a zero.
        if (completed > 0) {
            fields.addAll(List.of("completed", completed));
        }
        lines.line(Json.object(fields.toArray()));
    }
}
