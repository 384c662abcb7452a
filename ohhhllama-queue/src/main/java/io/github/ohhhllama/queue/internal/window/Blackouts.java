package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import java.util.List;

/** Tells when nothing may be downloaded, whatever window is open. Implementations are thread-safe. */
public interface Blackouts {

    /**
     * Returns the black-outs that touch a year.
     *
     * @param year a year of UTC
     * @return the black-outs, whole, joined and in order; those that reach over a turn of the year are in both years
     */
    List<Window> in(int year);
}
