/**
 * Relays and smart plugs that are switched over HTTP. {@code HttpRelay} is the power control, {@code relay} has the requests of the
 * known devices and of templates, and {@code exchange} sends them. Start reading at {@code HttpRelay}.
 */
package org.catseye.power.http;
