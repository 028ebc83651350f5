package org.catseye.core.media.fetch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.Test;

public class AddressRuleTest {

    private final AddressRule rule = new AddressRule();

    @Test
    public void addressesOfTheInternetArePublic() throws Exception {
        for (String address : List.of("1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "192.169.0.1", "198.17.0.1", "223.255.255.255",
                "2606:4700:4700::1111", "2a00:1450::1", "2001:4860:4860::8888", "2001:200::1")) {
            assertTrue(address, rule.isPublic(InetAddress.getByName(address)));
        }
    }

    @Test
    public void allOthersAreNot() throws Exception {
        for (String address : List.of("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1",
                "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.19.0.1", "203.0.113.5", "224.0.0.1", "239.1.1.1", "240.0.0.1",
                "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1",
                "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "3fff::1", "4000::1")) {
            InetAddress parsed = InetAddress.getByName(address);
            // Java turns a mapped address into its IPv4 address, which is what is connected to.
            assertEquals(address, address.equals("::ffff:8.8.8.8"), rule.isPublic(parsed));
        }
    }

    @Test
    public void onlyAllowedAddressesOfAHostAreUsed() throws Exception {
        InetAddress inside = InetAddress.getByName("10.0.0.1");
        InetAddress outside = InetAddress.getByName("1.1.1.1");
        AddressRule mixed = new AddressRule() {
            @Override
            protected InetAddress[] resolve(String host) {
                return new InetAddress[] {inside, outside};
            }
        };
        assertEquals(List.of(outside), mixed.findAddresses("host", false));
        assertEquals(List.of(inside, outside), mixed.findAddresses("host", true));
        assertThrows(ForbiddenAddressException.class, () -> rule.findAddresses("127.0.0.1", false));
        assertFalse("written in another way", List.of("2130706433", "0x7f.1", "127.1").stream().anyMatch(this::isAllowed));
    }

    private boolean isAllowed(String host) {
        try {
            rule.findAddresses(host, false);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
