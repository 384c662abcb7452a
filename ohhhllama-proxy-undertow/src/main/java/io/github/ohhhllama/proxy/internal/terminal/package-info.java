/** Shows things to people: tables, timelines, a line that moves, sizes and times. Knows what a plan is, but no queue. */
@NullMarked
package io.github.ohhhllama.proxy.internal.terminal;

import org.jspecify.annotations.NullMarked;
