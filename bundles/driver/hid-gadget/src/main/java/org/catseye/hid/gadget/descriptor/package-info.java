/**
 * The USB device as data: its identity, its HID functions with their report descriptors, and the profiles that combine them.
 * Pure values; nothing here touches the system.
 */
package org.catseye.hid.gadget.descriptor;
