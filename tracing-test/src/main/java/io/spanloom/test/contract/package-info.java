/** What every backend must do, as tests: extend {@link io.spanloom.test.contract.BackendContract}. */
@NullMarked
package io.spanloom.test.contract;

import org.jspecify.annotations.NullMarked;
