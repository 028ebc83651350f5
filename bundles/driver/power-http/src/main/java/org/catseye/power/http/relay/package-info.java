/** What is sent to a relay for each action, and what its answers mean. Start reading at {@code Relay}. */
package org.catseye.power.http.relay;
