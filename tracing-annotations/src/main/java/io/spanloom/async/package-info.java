/** Types of results of other libraries that complete later, found where the library is; see {@code docs/async.md}. */
@NullMarked
package io.spanloom.async;

import org.jspecify.annotations.NullMarked;
