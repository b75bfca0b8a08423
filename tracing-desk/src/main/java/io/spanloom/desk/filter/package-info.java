/**
 * X-Ray's filter expressions: read strictly, told apart by place, compiled once, asked of many traces.
 *
 * <p>Start at {@link io.spanloom.desk.filter.Filter}.
 */
@NullMarked
package io.spanloom.desk.filter;

import org.jspecify.annotations.NullMarked;
