@NullMarked
package io.github.ohhhllama.proxy.internal.doctor;

import org.jspecify.annotations.NullMarked;
