/**
 * The weaver: rewrites annotated methods as their classes are loaded.
 *
 * <p>It names no class of core and none of the annotations, but matches them by name in the class files: the agent carries
 * this package without them, and each woven class calls the core that its own loader sees.
 */
@NullMarked
package io.spanloom.weave;

import org.jspecify.annotations.NullMarked;
