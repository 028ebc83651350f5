package org.catseye.rfb.security;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.catseye.rfb.transport.ServerAddress;
import org.catseye.rfb.wire.ByteStream;
import org.catseye.rfb.wire.RfbException;
import org.catseye.rfb.wire.WireInput;
import org.catseye.rfb.wire.WireOutput;

/** The client's part of the handshake (RFC 6143, section 7.1), up to and including the security result. For one connection. */
public final class SecurityHandshake {

    /** How long the server may take to accept what is sent during the handshake. */
    static final long SEND_TIMEOUT_MILLIS = 10_000;
    static final int MAX_REASON_BYTES = 64 * 1024;

    private static final int FAILED = 0;
    private static final int NONE = 1;
    private static final int VNC = 2;
    private static final int VENCRYPT = 19;

    private final SecurityPolicy policy;
    private final ServerAddress address;
    private ByteStream stream;
    private WireInput in;
    private WireOutput out;
    private ProtocolVersion version;
    private String description = "";

    /** @param stream the connection to the server, of which nothing has been read */
    public SecurityHandshake(ByteStream stream, SecurityPolicy policy, ServerAddress address) {
        this.policy = policy;
        this.address = address;
        useStream(stream);
    }

    private void useStream(ByteStream next) {
        stream = next;
        in = new WireInput(next);
        out = new WireOutput(next, SEND_TIMEOUT_MILLIS);
    }

    /** @throws RfbException if the server refuses the client, or the client the server; the message is for the user */
    public SecuredConnection shakeHands() throws IOException {
        version = ProtocolVersion.chooseVersion(in.readBytes(ProtocolVersion.GREETING_BYTES));
        out.sendBytes(version.toGreeting());
        int type = version == ProtocolVersion.V3_3 ? readType() : chooseType();
        switch (type) {
            case NONE -> description = "no password, no encryption";
            case VNC -> {
                answerChallenge();
                description = "VNC password, no encryption";
            }
            case VENCRYPT -> {
                VenCrypt encryption = new VenCrypt(stream, in, out, policy, address);
                useStream(encryption.startEncryption());
                description = encryption.description();
                logInAfterTls(encryption.method());
            }
            default -> throw refuseTypes(List.of(type));
        }
        if (type != NONE || version == ProtocolVersion.V3_8) {
            readResult();
        }
        return new SecuredConnection(stream, version, description);
    }

    private int readType() throws IOException {
        long type = in.readU32();
        if (type == FAILED) {
            throw readRefusal();
        }
        if (type != NONE && type != VNC || policy.tls().isPresent()) {
            throw refuseTypes(List.of((int) type));
        }
        return (int) type;
    }

    private int chooseType() throws IOException {
        int count = in.readU8();
        if (count == 0) {
            throw readRefusal();
        }
        List<Integer> offered = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            offered.add(in.readU8());
        }
        // A password that is configured is not kept from a server that asks for none: some servers offer both.
        List<Integer> wanted = policy.tls().isPresent() ? List.of(VENCRYPT)
            : policy.credentials().password().isEmpty() ? List.of(NONE, VNC) : List.of(VNC, NONE);
        int type = wanted.stream().filter(offered::contains).findFirst().orElseThrow(() -> refuseTypes(offered));
        out.sendBytes((byte) type);
        return type;
    }

    private RfbException refuseTypes(List<Integer> offered) {
        if (policy.tls().isPresent()) {
            return new RfbException("The server offers no encryption with TLS (VeNCrypt); its security types are " + offered + ".");
        }
        return new RfbException(offered.contains(VENCRYPT) ? "The server requires encryption: set how its certificate is checked."
            : "The server offers no security type that Catseye supports; its types are " + offered + ".");
    }

    private void logInAfterTls(VenCrypt.Method method) throws IOException {
        switch (method) {
            case NONE -> { }
            case VNC -> answerChallenge();
            case PLAIN -> new PlainLogin(policy.credentials()).send(out);
        }
    }

    private void answerChallenge() throws IOException {
        byte[] challenge = in.readBytes(VncChallenge.BYTES);
        if (policy.credentials().password().isEmpty()) {
            throw new RfbException("The server asks for a password, and none is configured.");
        }
        out.sendBytes(VncChallenge.answerChallenge(challenge, policy.credentials().password().reveal()));
    }

    private void readResult() throws IOException {
        long result = in.readU32();
        if (result == 0) {
            return;
        }
        String reason = version == ProtocolVersion.V3_8 ? readReason() : result == 2 ? "too many attempts" : "";
        throw new RfbException("The server refused the user or the password" + (reason.isEmpty() ? "." : ": " + reason));
    }

    private RfbException readRefusal() throws IOException {
        String reason = readReason();
        return new RfbException("The server refuses connections" + (reason.isEmpty() ? "." : ": " + reason));
    }

    private String readReason() throws IOException {
        return in.readText(MAX_REASON_BYTES, "a reason");
    }
}
