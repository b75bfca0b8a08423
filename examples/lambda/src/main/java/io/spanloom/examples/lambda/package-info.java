/** A traced function for AWS Lambda. */
@NullMarked
package io.spanloom.examples.lambda;

import org.jspecify.annotations.NullMarked;
