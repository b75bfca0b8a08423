/** Results that complete later, and the spans that wait for them. */
@NullMarked
package io.spanloom.internal.async;

import org.jspecify.annotations.NullMarked;
