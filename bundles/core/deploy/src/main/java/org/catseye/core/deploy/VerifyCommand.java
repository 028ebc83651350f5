package org.catseye.core.deploy;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.core.deploy.manifest.PluginHeaders;
import org.catseye.core.deploy.signature.JarSignature;
import org.catseye.core.deploy.signature.MakerCertificate;
import org.catseye.core.deploy.signature.SignatureTrust;
import org.catseye.core.deploy.signature.TrustedMakers;
import org.catseye.plugins.PluginDescription;
import org.catseye.plugins.PluginDescription.Signature;
import org.catseye.plugins.PluginDescription.Signature.Kind;

/**
 * {@code catseye plugin verify}: prints what a plan would say about the file, the manifest, the signature and the permissions of a jar. It needs no
 * running Catseye, so it does not find out what the jar needs and what it would replace.
 */
public final class VerifyCommand {

    private static final String USAGE = """
            usage: catseye plugin verify [--home DIR] [--maker CERTIFICATE] JAR
              Prints whether a jar is whole, and who has signed it. Nothing is installed, and Catseye need not run.
              --home DIR            trusts the makers that this home trusts (CATSEYE_HOME, default ./.home)
              --maker CERTIFICATE   trusts the maker with this certificate (PEM), and no other
            The exit code is 0 if a trusted maker has signed the jar, 1 if not or if it cannot be installed, and 2 if an option is wrong.""";
    private static final int NOT_TRUSTED = 1;
    private static final int REFUSED = 2;

    private final List<X509Certificate> makers;
    private final PrintStream out;

    VerifyCommand(List<X509Certificate> makers, PrintStream out) {
        this.makers = makers;
        this.out = out;
    }

    /** An option is wrong. The message says what is right. */
    private static final class UsageException extends Exception {

        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    /** Entry point: {@code verify [--home DIR] [--maker CERTIFICATE] JAR}. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv().getOrDefault("CATSEYE_HOME", "./.home"), System.out, System.err));
    }

    static int run(List<String> arguments, String defaultHome, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.println(USAGE);
            return 0;
        }
        try {
            return runCommand(arguments, defaultHome, out);
        } catch (UsageException e) {
            err.println("catseye plugin: " + e.getMessage() + "; try catseye plugin verify --help");
            return REFUSED;
        }
    }

    private static int runCommand(List<String> arguments, String defaultHome, PrintStream out) throws UsageException {
        if (arguments.isEmpty() || !arguments.get(0).equals("verify")) {
            throw new UsageException("the only command is verify");
        }
        String home = defaultHome;
        Optional<String> maker = Optional.empty();
        List<String> files = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean last = i + 1 == arguments.size();
            if (argument.equals("--home") && !last) {
                home = arguments.get(++i);
            } else if (argument.equals("--maker") && !last) {
                maker = Optional.of(arguments.get(++i));
            } else if (argument.startsWith("-")) {
                throw new UsageException("unknown or incomplete option " + argument);
            } else {
                files.add(argument);
            }
        }
        if (files.size() != 1) {
            throw new UsageException("name one jar");
        }
        List<X509Certificate> makers = maker.isPresent() ? List.of(readMaker(parsePath(maker.get())))
                : new TrustedMakers(parsePath(home).resolve("plugins").resolve("makers")).listCertificates();
        return new VerifyCommand(makers, out).verify(parsePath(files.get(0))) ? 0 : NOT_TRUSTED;
    }

    private static Path parsePath(String path) throws UsageException {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new UsageException("this is no path: " + path);
        }
    }

    private static X509Certificate readMaker(Path file) throws UsageException {
        try {
            return MakerCertificate.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read (" + e.getMessage() + ")");
        } catch (CertificateException e) {
            throw new UsageException(file + " cannot be used. " + e.getMessage());
        }
    }

    /** Returns whether the jar can be installed without consent, as far as that can be told from the file. */
    boolean verify(Path jar) {
        try {
            JarContent content = JarContent.readFile(jar);
            out.println("File:        " + jar + ", " + Files.size(jar) + " bytes, SHA-256 " + content.digest());
            Optional<String> problem = DroppedFiles.findManifestProblem(content);
            problem.ifPresent(text -> out.println("Problem:     It cannot be installed: " + text + "."));
            printManifest(content);
            boolean trusted = printSignature(new SignatureTrust(() -> makers).assess(JarSignature.readFile(jar)));
            return problem.isEmpty() && trusted;
        } catch (IOException e) {
            out.println("Problem:     " + jar + " is not a whole jar: " + e.getMessage() + ".");
            return false;
        }
    }

    private void printManifest(JarContent content) {
        PluginDescription plugin = PluginHeaders.describe(content.symbolicName().orElse("none"), content.headers());
        out.println("Plug-in:     " + plugin.id() + " " + plugin.version());
        out.println("Name:        " + plugin.name());
        out.println("Maker:       " + (plugin.maker().isEmpty() ? "not declared" : plugin.maker() + " (the manifest says so)"));
        out.println("Permissions: " + plugin.permissions().map(all -> all.isEmpty() ? "none" : String.join(", ", all)).orElse("not declared"));
    }

    private boolean printSignature(Signature signature) {
        out.println("Signature:   " + switch (signature.kind()) {
            case TRUSTED -> "trusted: signed by " + signature.signer().name() + ", of the trusted maker " + signature.maker().name();
            case UNKNOWN -> "unknown: signed by " + signature.signer().name();
            case UNSIGNED -> "unsigned";
            case DAMAGED -> "damaged";
        });
        if (!signature.signer().fingerprint().isEmpty()) {
            out.println("Fingerprint: " + signature.signer().fingerprint() + " (SHA-256 of the certificate)");
        }
        if (!signature.reason().isEmpty()) {
            out.println("Reason:      " + signature.reason());
        }
        out.println("Result:      " + switch (signature.kind()) {
            case TRUSTED -> "It can be installed without a question about its origin.";
            case UNKNOWN, UNSIGNED -> "It can only be installed with consent.";
            case DAMAGED -> "It cannot be installed.";
        });
        return signature.kind() == Kind.TRUSTED;
    }
}
