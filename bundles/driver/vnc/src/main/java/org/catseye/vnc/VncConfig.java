package org.catseye.vnc;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The form for one server. The driver reads the values through {@link VncSettings#parseSettings}, which also checks them. */
@ObjectClassDefinition(name = "Catseye: VNC server", description = "A virtual machine or another computer whose screen, keyboard and pointer are"
    + " reached with VNC (RFB).")
public @interface VncConfig {

    /** The factory PID of the form; configured instances add {@code ~name}. */
    String PID = "org.catseye.vnc";

    String LABEL = "VNC server";
    int DEFAULT_PORT = 5900;
    int MAX_PORT = 65_535;
    int DEFAULT_FPS = 30;
    int MIN_FPS = 1;
    int MAX_FPS = 60;
    int DEFAULT_JPEG_QUALITY = 85;
    int MIN_JPEG_QUALITY = 10;
    int MAX_JPEG_QUALITY = 100;
    String TLS_OFF = "off";
    String TLS_CERTIFICATE = "certificate";
    String TLS_FINGERPRINT = "fingerprint";
    String AUTO = "auto";
    String OFF = "off";
    String DEFAULT_TIGHT_QUALITY = "9";

    @AttributeDefinition(name = "Name of the configuration", description = "Shown in lists of configurations.")
    String webconsole_configurationFactory_nameHint() default "{kvm.target}: {host} {port} {socket}";

    @AttributeDefinition(name = "Target", description = "The id of the target that the server belongs to: letters, digits, dot, dash and underscore.")
    String kvm_target() default Target.DEFAULT;

    @AttributeDefinition(name = "Label", description = "The server's name for users.")
    String kvm_label() default LABEL;

    @AttributeDefinition(name = "Host", description = "The server's name or address. Empty: the Unix socket is used.")
    String host() default "";

    @AttributeDefinition(name = "Port", min = "1", max = "" + MAX_PORT, description = "The server's TCP port. Display 1 of a VNC server is port 5901.")
    int port() default DEFAULT_PORT;

    @AttributeDefinition(name = "Unix socket", description = "The full path of a socket on this device, such as that of QEMU's option -vnc unix:/run/vm1.sock."
        + " Empty: the host is used.")
    String socket() default "";

    @AttributeDefinition(name = "User", description = "Only for servers that ask for a user and a password inside of TLS. Empty for the others.")
    String user() default "";

    @AttributeDefinition(name = "Password", type = AttributeType.PASSWORD, description = "The server's password. Without a user, its first eight"
        + " characters count. Without TLS, others in the network can find it out.")
    String password() default "";

    @AttributeDefinition(name = "TLS", description = "Off: no encryption, for Unix sockets and networks that you trust. Certificate: the server's certificate is"
        + " checked. Fingerprint: the server has to have exactly one certificate.",
        options = {@Option(value = TLS_OFF, label = "off"), @Option(value = TLS_CERTIFICATE, label = "certificate"),
            @Option(value = TLS_FINGERPRINT, label = "fingerprint")})
    String tls() default TLS_OFF;

    @AttributeDefinition(name = "Certificate file", description = "For TLS with a certificate: a PEM file with the server's own certificate, or with that of the"
        + " authority that issued it. Empty: the authorities that Java trusts.")
    String certificateFile() default "";

    @AttributeDefinition(name = "Fingerprint", description = "For TLS with a fingerprint: the SHA-256 fingerprint of the server's certificate, as openssl x509"
        + " -noout -fingerprint -sha256 prints it.")
    String fingerprint() default "";

    @AttributeDefinition(name = "Shared", description = "Whether other VNC clients may stay connected. If not, many servers disconnect them.")
    boolean shared() default true;

    @AttributeDefinition(name = "View only", description = "Shows the screen, and sends neither keys nor pointer movements.")
    boolean viewOnly() default false;

    @AttributeDefinition(name = "Encoding", description = "How the server sends pictures. Auto: raw over a Unix socket, Tight over a network.",
        options = {@Option(value = AUTO, label = "auto"), @Option(value = "tight", label = "Tight"), @Option(value = "zrle", label = "ZRLE"),
            @Option(value = "hextile", label = "Hextile"), @Option(value = "raw", label = "raw")})
    String encoding() default AUTO;

    @AttributeDefinition(name = "JPEG from the server", description = "With Tight, the server may send photographs and films as JPEG of this quality: 0 (small) to 9"
        + " (fine). Off: it sends exact pixels only.")
    String tightQuality() default DEFAULT_TIGHT_QUALITY;

    @AttributeDefinition(name = "JPEG quality", min = "" + MIN_JPEG_QUALITY, max = "" + MAX_JPEG_QUALITY,
        description = "Of the pictures for viewers: 10 (small) to 100 (fine), on the scale of most JPEG programs.")
    int jpegQuality() default DEFAULT_JPEG_QUALITY;

    @AttributeDefinition(name = "Pictures per second", min = "" + MIN_FPS, max = "" + MAX_FPS, description = "Upper limit while the picture changes, 1 to 60."
        + " An unchanged picture is not sent again.")
    int fps() default DEFAULT_FPS;
}
