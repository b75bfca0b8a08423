/** A span for each call of the AWS SDK for Java v2. */
@NullMarked
package io.spanloom.awssdk;

import org.jspecify.annotations.NullMarked;
