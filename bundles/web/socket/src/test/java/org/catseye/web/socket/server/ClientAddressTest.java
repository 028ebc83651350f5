package org.catseye.web.socket.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import org.junit.Test;

public class ClientAddressTest {

    @Test
    public void anIpv6NetworkIsOneClient() {
        assertEquals("192.0.2.1", ClientAddress.networkOf("192.0.2.1"));
        assertEquals(ClientAddress.networkOf("2001:db8:0:1::1"), ClientAddress.networkOf("2001:db8:0:1:ffff::2%eth0"));
        assertNotEquals(ClientAddress.networkOf("2001:db8:0:1::1"), ClientAddress.networkOf("2001:db8:0:2::1"));
        assertEquals("192.0.2.1", ClientAddress.networkOf("::ffff:192.0.2.1"));
    }
}
