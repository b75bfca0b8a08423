/** What one traced call costs with Spanloom, and with its peers. */
@NullMarked
package io.spanloom.benchmarks;

import org.jspecify.annotations.NullMarked;
