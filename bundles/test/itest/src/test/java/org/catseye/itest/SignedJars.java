package org.catseye.itest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** A maker who signs jars with the programs of the JDK. */
final class SignedJars implements AutoCloseable {

    private static final String PASSWORD = "changeit";
    private static final List<String> STORE = List.of("-keystore", "maker.p12", "-storepass", PASSWORD);

    private final Path folder;

    SignedJars() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("catseye-maker");
        run("keytool", "-genkeypair", "-alias", "maker", "-keyalg", "EC", "-dname", "CN=Maker", "-validity", "10");
        run("keytool", "-exportcert", "-rfc", "-alias", "maker", "-file", "maker.pem");
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.of(Stream.of(System.getProperty("java.home") + "/bin/" + program), STORE.stream(), Stream.of(arguments)).flatMap(part -> part).toList();
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }

    /** With a file, because a manifest alone cannot be signed. */
    byte[] sign(byte[] jar) throws IOException, InterruptedException {
        Files.write(folder.resolve("plugin.jar"), addFile(jar, "about.txt"));
        run("jarsigner", "plugin.jar", "maker");
        return Files.readAllBytes(folder.resolve("plugin.jar"));
    }

    byte[] addFile(byte[] jar, String name) throws IOException {
        Path file = Files.write(folder.resolve("changed.jar"), jar);
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Files.writeString(zip.getPath(name), "content");
        }
        return Files.readAllBytes(file);
    }

    String certificate() throws IOException {
        return Files.readString(folder.resolve("maker.pem"));
    }

    /** Not the maker's, but it looks like one. */
    String privateKey() throws IOException {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("maker.pem"))) + "\n-----END PRIVATE KEY-----\n";
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
