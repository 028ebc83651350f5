package org.catseye.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real OpenLDAP server on loopback ports, with its own folder and certificate, run by the current user. It has the users ann
 * (group watchers), bob (group admins) and carl (no group), all with the password {@value #PASSWORD}, and allows only
 * {@value #ACCOUNT} to search. It accepts binds without a password, as some directories do.
 */
public final class Slapd implements AutoCloseable {

    public static final String PASSWORD = "blue tulips sing";
    public static final String BASE = "dc=example,dc=org";
    public static final String PEOPLE = "ou=people," + BASE;
    public static final String GROUPS = "ou=groups," + BASE;
    public static final String ACCOUNT = "cn=catseye,ou=services," + BASE;
    public static final String ACCOUNT_PASSWORD = "only for searching";
    public static final String ROOT = "cn=root," + BASE;
    public static final String ROOT_PASSWORD = "only for the test";

    private static final Path PROGRAM = Path.of("/usr/sbin/slapd");
    private static final long PATIENCE_SECONDS = 20;

    private final Path folder;
    private final int port;
    private final int tlsPort;
    private final Thread atExit = new Thread(this::kill);
    private Process process;

    /** @param folder an empty folder that the caller deletes */
    public Slapd(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.port = freePort();
        this.tlsPort = freePort();
        Files.createDirectories(folder.resolve("data"));
        // Not started from /usr/sbin, because AppArmor may restrict it there to the folders of the system's own server.
        Files.copy(PROGRAM, folder.resolve("slapd"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(folder.resolve("slapd.conf"), configuration());
        Files.writeString(folder.resolve("people.ldif"), people());
        run(List.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"));
        run(List.of("./slapd", "-T", "add", "-f", "slapd.conf", "-l", "people.ldif"));
        Runtime.getRuntime().addShutdownHook(atExit);
        start();
    }

    /** Whether this machine has the required programs, from the Debian packages slapd and openssl. */
    public static boolean installed() {
        return Files.isExecutable(PROGRAM) && Files.isExecutable(Path.of("/usr/bin/openssl"));
    }

    /** URL with {@code ldap://} and StartTLS. */
    public String address() {
        return "ldap://127.0.0.1:" + port;
    }

    /** URL with {@code ldaps://}. */
    public String secureAddress() {
        return "ldaps://127.0.0.1:" + tlsPort;
    }

    /** URL of the same server at an address that is missing from its certificate. */
    public String addressOfAnotherName() {
        return "ldaps://127.0.0.2:" + tlsPort;
    }

    public int port() {
        return port;
    }

    public Path certificate() {
        return folder.resolve("cert.pem");
    }

    /** Starts the server; after a {@link #stop}, with the same data. */
    public void start() throws IOException, InterruptedException {
        process = new ProcessBuilder("./slapd", "-f", "slapd.conf", "-d", "none", "-h",
                "ldap://127.0.0.1:" + port + " ldaps://127.0.0.1:" + tlsPort + " ldaps://127.0.0.2:" + tlsPort)
                .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("slapd.log").toFile()).start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!listens(tlsPort)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("slapd does not start: " + Files.readString(folder.resolve("slapd.log")));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }

    private void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve("setup.log");
        Process one = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!one.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || one.exitValue() != 0) {
            throw new IOException(command + ": " + Files.readString(log));
        }
    }

    private static String configuration() {
        return """
                include /etc/ldap/schema/core.schema
                include /etc/ldap/schema/cosine.schema
                include /etc/ldap/schema/inetorgperson.schema
                modulepath /usr/lib/ldap
                moduleload back_mdb
                moduleload ppolicy
                allow bind_anon_cred bind_anon_dn
                TLSCertificateFile cert.pem
                TLSCertificateKeyFile key.pem
                TLSCACertificateFile cert.pem
                database mdb
                suffix "%1$s"
                rootdn "%2$s"
                rootpw "%3$s"
                directory data
                maxsize 16777216
                overlay ppolicy
                access to attrs=userPassword by anonymous auth by * none
                access to * by dn.exact="%4$s" read by * none
                """.formatted(BASE, ROOT, ROOT_PASSWORD, ACCOUNT);
    }

    private static String people() {
        StringBuilder ldif = new StringBuilder("""
                dn: %1$s
                objectClass: dcObject
                objectClass: organization
                dc: example
                o: Example

                dn: %2$s
                objectClass: organizationalUnit
                ou: people

                dn: %3$s
                objectClass: organizationalUnit
                ou: groups

                dn: ou=services,%1$s
                objectClass: organizationalUnit
                ou: services

                dn: %4$s
                objectClass: person
                cn: catseye
                sn: catseye
                userPassword: %5$s

                dn: cn=watchers,%3$s
                objectClass: groupOfNames
                cn: watchers
                member: uid=ann,%2$s

                dn: cn=admins,%3$s
                objectClass: groupOfNames
                cn: admins
                member: uid=bob,%2$s

                """.formatted(BASE, PEOPLE, GROUPS, ACCOUNT, ACCOUNT_PASSWORD));
        for (String user : List.of("ann", "bob", "carl")) {
            ldif.append("""
                    dn: uid=%1$s,%2$s
                    objectClass: inetOrgPerson
                    uid: %1$s
                    cn: %1$s
                    sn: %1$s
                    userPassword: %3$s

                    """.formatted(user, PEOPLE, PASSWORD));
        }
        return ldif.toString();
    }
}
