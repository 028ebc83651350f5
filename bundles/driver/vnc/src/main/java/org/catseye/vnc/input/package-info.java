/** From HID reports to messages for the server. */
package org.catseye.vnc.input;
