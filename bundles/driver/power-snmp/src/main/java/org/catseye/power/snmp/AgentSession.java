package org.catseye.power.snmp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.catseye.secrets.Secrets;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivDES;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** One exchange with an agent. The library's threads end with it. For one thread. */
final class AgentSession implements AutoCloseable {

    /** How long an answer may take, and how often a lost request is sent again. */
    record Patience(int millis, int retries) {
    }

    private static final int ENGINE_ID_BYTES = 12;
    private static final Map<String, OID> AUTHENTICATION = Map.of("sha", AuthSHA.ID, "sha-256", AuthHMAC192SHA256.ID, "md5", AuthMD5.ID);
    private static final Map<String, OID> PRIVACY = Map.of("aes", PrivAES128.ID, "des", PrivDES.ID);

    private final Agent agent;
    private final Snmp snmp;
    private final Target<UdpAddress> destination;

    /** @throws IOException if the name cannot be resolved, or there is no port left */
    AgentSession(Agent agent, Patience patience) throws IOException {
        this.agent = agent;
        destination = createDestination(agent, resolveAddress(agent), patience);
        MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
        if (agent.user().isEmpty()) {
            dispatcher.addMessageProcessingModel(new MPv2c());
        } else {
            dispatcher.addMessageProcessingModel(new MPv3(createSecurityModel(agent.user().get())));
        }
        snmp = new Snmp(dispatcher, new DefaultUdpTransportMapping());
        snmp.listen();
    }

    private static UdpAddress resolveAddress(Agent agent) throws IOException {
        try {
            return new UdpAddress(InetAddress.getByName(agent.address()), agent.port());
        } catch (UnknownHostException e) {
            throw new IOException("The name " + agent.address() + " cannot be resolved.", e);
        }
    }

    private static Target<UdpAddress> createDestination(Agent agent, UdpAddress address, Patience patience) {
        Target<UdpAddress> created;
        if (agent.user().isEmpty()) {
            created = new CommunityTarget<>(address, new OctetString(agent.community().reveal()));
            created.setVersion(SnmpConstants.version2c);
        } else {
            created = new UserTarget<>(address, new OctetString(agent.user().get().name()), new byte[0], SecurityLevel.AUTH_PRIV);
            created.setVersion(SnmpConstants.version3);
        }
        created.setTimeout(patience.millis());
        created.setRetries(patience.retries());
        return created;
    }

    private static USM createSecurityModel(Agent.User user) {
        SecurityProtocols protocols = new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.maxCompatibility);
        byte[] engineId = MPv3.createLocalEngineID(new OctetString(Secrets.random(ENGINE_ID_BYTES)));
        USM usm = new USM(protocols, new OctetString(engineId), 0);
        usm.addUser(new UsmUser(new OctetString(user.name()), AUTHENTICATION.get(user.authentication()), new OctetString(user.authenticationPassword().reveal()),
            PRIVACY.get(user.privacy()), new OctetString(user.privacyPassword().reveal())));
        return usm;
    }

    /** Reads an integer. @throws IOException if there is no answer or no such integer; the message is for the user */
    int readInteger(String oid) throws IOException {
        Variable value = exchange(PDU.GET, new VariableBinding(new OID(oid))).getVariable();
        if (value.isException()) {
            throw new IOException(agent.describe() + " has no object " + oid + ".");
        }
        return value.toInt();
    }

    /** Writes an integer. @throws IOException if there is no answer, or the agent refuses; the message is for the user */
    void writeInteger(String oid, int value) throws IOException {
        exchange(PDU.SET, new VariableBinding(new OID(oid), new Integer32(value)));
    }

    private VariableBinding exchange(int type, VariableBinding binding) throws IOException {
        PDU request = agent.user().isEmpty() ? new PDU() : new ScopedPDU();
        request.setType(type);
        request.add(binding);
        ResponseEvent<UdpAddress> event = snmp.send(request, destination);
        PDU response = event == null ? null : event.getResponse();
        if (response == null) {
            throw new IOException(agent.describe() + " does not answer." + (agent.user().isEmpty() ? " The community may be wrong."
                : " The user, a password or the kind of authentication or privacy may be wrong."));
        }
        if (response.getType() == PDU.REPORT) {
            throw new IOException(agent.describe() + " rejects the user, a password or the kind of authentication or privacy.");
        }
        if (response.getErrorStatus() != PDU.noError || response.size() == 0) {
            throw new IOException(agent.describe() + " refuses the request: " + response.getErrorStatusText() + ".");
        }
        return response.get(0);
    }

    @Override
    public void close() throws IOException {
        snmp.close();
    }
}
