package org.catseye.web.socket.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import org.junit.Test;

public class ClientAddressTest {

    @Test
    public void anIpv6NetworkIsOneClient() {
        assertEquals("192.0.2.1", ClientAddress.network("192.0.2.1"));
        assertEquals(ClientAddress.network("2001:db8:0:1::1"), ClientAddress.network("2001:db8:0:1:ffff::2%eth0"));
        assertNotEquals(ClientAddress.network("2001:db8:0:1::1"), ClientAddress.network("2001:db8:0:2::1"));
        assertEquals("192.0.2.1", ClientAddress.network("::ffff:192.0.2.1"));
    }
}
