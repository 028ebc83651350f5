/**
 * The health of the board. {@code BoardMonitor} is the component: it reads all sources every few seconds and is the
 * service and the self-check; {@code ConditionTracker} keeps and logs the conditions. The sources are in the package {@code source}.
 */
package org.catseye.board.health;
