/** The desk's web page: static files, the small read-only API behind them, and the live stream. */
@NullMarked
package io.spanloom.desk.page;

import org.jspecify.annotations.NullMarked;
