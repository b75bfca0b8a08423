/** Sampling by X-Ray's rules; found by core as a service. */
@NullMarked
package io.spanloom.sampling;

import org.jspecify.annotations.NullMarked;
