/** Whether plug-ins are within their limits, and what happens to those that are not. */
package org.catseye.core.watchdog.verdict;
