/** What the weaver tells {@link io.spanloom.Tracing#doctor()}. */
@NullMarked
package io.spanloom.doctor;

import org.jspecify.annotations.NullMarked;
