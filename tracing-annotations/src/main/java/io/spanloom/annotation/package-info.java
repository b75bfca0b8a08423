/** What an application writes on its methods. Nothing here runs: the weaver of {@code io.spanloom.weave} reads it. */
@NullMarked
package io.spanloom.annotation;

import org.jspecify.annotations.NullMarked;
