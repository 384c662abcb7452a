/** How people are told what happened: by a request to an address of theirs, in the form that is understood there. */
@NullMarked
package io.github.ohhhllama.queue.internal.notify;

import org.jspecify.annotations.NullMarked;
