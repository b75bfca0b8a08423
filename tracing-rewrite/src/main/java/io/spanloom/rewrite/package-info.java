/** OpenRewrite recipes that turn tracing by the X-Ray SDK for Java, or by Powertools, into Spanloom. */
@NullMarked
package io.spanloom.rewrite;

import org.jspecify.annotations.NullMarked;
