/**
 * What woven bytecode calls: a binary interface, not for use by hand. A class of a version keeps its signatures for ever,
 * because classes that were woven at build time name them.
 */
@NullMarked
package io.spanloom.woven;

import org.jspecify.annotations.NullMarked;
