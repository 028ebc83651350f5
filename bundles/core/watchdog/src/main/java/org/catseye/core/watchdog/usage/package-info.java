/** What each bundle uses: processor time and threads from samples, and the sums over a window of time. */
package org.catseye.core.watchdog.usage;
