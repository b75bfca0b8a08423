/** Tests of traced code: the JUnit extension, the recorder it hands out, and assertions. */
@NullMarked
package io.spanloom.test;

import org.jspecify.annotations.NullMarked;
