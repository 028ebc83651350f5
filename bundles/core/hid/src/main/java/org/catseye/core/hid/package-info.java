/**
 * The keyboard and pointer hubs, one per target. {@code HidHubs} connects them to targets and transports; {@code HidHub} sits between
 * the sessions of users ({@code session}) and the devices ({@code device}).
 */
package org.catseye.core.hid;
