/**
 * Power controls with a relay of a USB board. {@code RelayControl} switches a supply or presses a button; start reading there. The boards
 * are in {@link org.catseye.power.relay.board}.
 */
package org.catseye.power.relay;
