/** Tests with real components of others: {@code e2e/real/install} installs them, {@code mvn -Preal} runs these. */
package io.spanloom.e2e.real;
