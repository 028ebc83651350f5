package org.catseye.power.snmp;

import java.util.HashMap;
import java.util.Map;
import org.catseye.power.PowerAction;
import org.catseye.power.spi.PowerControl;
import org.catseye.testkit.PowerControlContract;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** The contract of power controls against Net-SNMP's agent. */
public abstract class SnmpOutletContract extends PowerControlContract {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    protected Snmpd agent;

    @Before
    public final void startAgent() throws Exception {
        Assume.assumeTrue("snmpd is installed", Snmpd.isInstalled());
        agent = new Snmpd(folder.getRoot().toPath(), "SHA", "AES");
    }

    @After
    public final void stopAgent() {
        if (agent != null) {
            agent.close();
        }
    }

    /** The settings of the outlet and how to log in, without the address. */
    protected abstract Map<String, Object> settings();

    protected static Map<String, Object> version3() {
        return Map.of("user", Snmpd.USER, "authenticationPassword", Snmpd.AUTHENTICATION_PASSWORD, "privacyPassword", Snmpd.PRIVACY_PASSWORD);
    }

    protected final SnmpOutlet createOutlet(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(settings());
        all.putAll(Map.of("address", "127.0.0.1", "port", agent.port()));
        all.putAll(more);
        return new SnmpOutlet(all);
    }

    @Override
    protected final PowerControl createControl() {
        return createOutlet(Map.of());
    }

    @Override
    protected final void setComputerOn(boolean on) throws Exception {
        agent.setOn(1, on);
    }

    @Override
    protected final boolean noticedAction(PowerAction action) throws Exception {
        return agent.commands().size() == 1 && agent.commands().get(0).equals(expectedCommand(action));
    }

    /** The object that is written, and its value. */
    protected abstract String expectedCommand(PowerAction action);

    @Override
    protected final void breakDevice() throws Exception {
        agent.stop();
    }
}
