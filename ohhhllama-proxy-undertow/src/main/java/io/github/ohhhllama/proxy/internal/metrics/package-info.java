/**
 * What is measured, and how it is written down for Prometheus.
 *
 * <p>Labels have few values, all known here: never the name of a model, a client or a path. Counters begin at 0 with the
 * process, as Prometheus expects it; what the database or Ollama knows is asked when somebody reads.
 */
@NullMarked
package io.github.ohhhllama.proxy.internal.metrics;

import org.jspecify.annotations.NullMarked;
