/** The front panel of a computer (ATX) on GPIO lines: power and reset buttons, power and disk LEDs. */
package org.catseye.power.atx;
