/**
 * The X-Ray API, apart from HTTP and JSON: a path and a map in, a map out.
 *
 * <p>Start at {@link io.spanloom.desk.api.XRayApi}.
 */
@NullMarked
package io.spanloom.desk.api;

import org.jspecify.annotations.NullMarked;
