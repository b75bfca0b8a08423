/** Not for use outside Spanloom's own core: anything here may change in any version. */
@NullMarked
package io.spanloom.internal;

import org.jspecify.annotations.NullMarked;
