package org.catseye.rfb.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.catseye.rfb.transport.ServerAddress;
import org.catseye.rfb.transport.TlsStream;
import org.catseye.rfb.wire.ByteStream;
import org.catseye.rfb.wire.RfbException;
import org.catseye.rfb.wire.WireInput;
import org.catseye.rfb.wire.WireOutput;
import org.catseye.trust.ServerTrust;

/**
 * The security type VeNCrypt 0.2: TLS with a certificate, and a login inside of it. Its types without a certificate are not used: they
 * need cipher suites that Java disables for the whole process, and protect against readers only.
 */
final class VenCrypt {

    /** How the client logs in inside of TLS. */
    enum Method { NONE, VNC, PLAIN }

    private static final long TLS_TIMEOUT_MILLIS = 10_000;
    private static final int MAJOR = 0;
    private static final int MINOR = 2;
    private static final int FIRST_WITHOUT_CERTIFICATE = 257;
    private static final int LAST_WITHOUT_CERTIFICATE = 259;
    private static final int X509_NONE = 260;
    private static final int X509_VNC = 261;
    private static final int X509_PLAIN = 262;

    private final ByteStream stream;
    private final WireInput in;
    private final WireOutput out;
    private final SecurityPolicy policy;
    private final ServerAddress address;
    private Method method = Method.NONE;
    private String description = "";

    VenCrypt(ByteStream stream, WireInput in, WireOutput out, SecurityPolicy policy, ServerAddress address) {
        this.stream = stream;
        this.in = in;
        this.out = out;
        this.policy = policy;
        this.address = address;
    }

    Method method() {
        return method;
    }

    String description() {
        return description;
    }

    /** @return the encrypted stream; the certificate of the server is checked */
    ByteStream startEncryption() throws IOException {
        int version = in.readU16();
        if (version < MINOR) {
            throw new RfbException("The server has version " + (version >> 8) + "." + (version & 0xff) + " of VeNCrypt; 0.2 is required.");
        }
        out.sendBytes((byte) MAJOR, (byte) MINOR);
        if (in.readU8() != 0) {
            throw new RfbException("The server does not accept version 0.2 of VeNCrypt.");
        }
        List<Integer> offered = new ArrayList<>();
        int count = in.readU8();
        for (int i = 0; i < count; i++) {
            offered.add(in.readS32());
        }
        int type = chooseType(offered);
        out.sendMessage(ByteBuffer.allocate(4).putInt(type));
        if (in.readU8() != 1) {
            throw new RfbException("The server refuses the encryption that it offered.");
        }
        method = type == X509_PLAIN ? Method.PLAIN : type == X509_VNC ? Method.VNC : Method.NONE;
        return startTls();
    }

    private int chooseType(List<Integer> offered) throws RfbException {
        Credentials credentials = policy.credentials();
        List<Integer> wanted = new ArrayList<>();
        if (!credentials.password().isEmpty()) {
            wanted.addAll(credentials.user().isEmpty() ? List.of(X509_VNC) : List.of(X509_PLAIN, X509_VNC));
        }
        wanted.add(X509_NONE);
        Optional<Integer> found = wanted.stream().filter(offered::contains).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        if (offered.contains(X509_PLAIN) || offered.contains(X509_VNC)) {
            throw new RfbException("The server asks for " + (offered.contains(X509_VNC) ? "a password, which is" : "a user and a password, which are") + " not configured.");
        }
        boolean anonymous = offered.stream().anyMatch(type -> type >= FIRST_WITHOUT_CERTIFICATE && type <= LAST_WITHOUT_CERTIFICATE);
        throw new RfbException(anonymous ? "The server offers TLS without a certificate only, which Java does not support: give the server a certificate."
            : "The server offers no encryption that Catseye supports; its VeNCrypt types are " + offered + ".");
    }

    private ByteStream startTls() throws IOException {
        ServerTrust trust = policy.tls().orElseThrow();
        SSLEngine engine = trust.findContext().createSSLEngine(address.host(), address.port());
        engine.setUseClientMode(true);
        if (trust.checksHostName()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        try {
            TlsStream encrypted = TlsStream.startClient(stream, engine, TLS_TIMEOUT_MILLIS);
            description = (method == Method.NONE ? "no password" : method == Method.VNC ? "VNC password" : "user and password")
                + ", certificate checked, " + encrypted.description();
            return encrypted;
        } catch (SSLException e) {
            throw new RfbException("No secure connection to " + address + ": " + describeCause(e), e);
        }
    }

    /** The innermost cause names what is wrong with the certificate. Those of Java that no user would understand get another message. */
    private static String describeCause(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        if (innermost instanceof CertPathBuilderException
            || innermost instanceof CertPathValidatorException path && path.getReason() == PKIXReason.NO_TRUST_ANCHOR) {
            return "its certificate was not issued by an authority that Catseye trusts.";
        }
        return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    }
}
