package org.catseye.launcher.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The options of one start. Immutable.
 *
 * @param httpPort TCP port for HTTP; 0 takes any free one
 * @param httpsPort TCP port for HTTPS, 0 takes any free one; empty: no HTTPS
 * @param bindAddress the address that HTTP and HTTPS listen on
 * @param homeFolder the folder that holds all state, absolute
 * @param featureNames names of the feature files to start in addition to the base, and to those that were switched on; empty if none is given
 * @param safeMode whether only the product's own bundles run, without any configuration that could lock users out
 * @param adminPasswordFile holds the password that claims a new device unattended
 */
public record LaunchOptions(int httpPort, OptionalInt httpsPort, String bindAddress, Path homeFolder, List<String> featureNames,
        boolean safeMode, Optional<Path> adminPasswordFile) {

    public static final String USAGE = """
            usage: catseye [options]
                   catseye recover [--home DIR]     the way back in: a new password for the user admin (recover --help)
                   catseye plugin verify JAR        whether a plug-in is whole, and who has signed it (plugin --help)
              --port N                   HTTP port, 0 takes a free one      (CATSEYE_PORT, default 8080)
              --https-port N             HTTPS port, or off                 (CATSEYE_HTTPS_PORT, default 8443 where others can reach
                                                                             it, off on the loopback address)
              --bind ADDRESS             address to listen on               (CATSEYE_BIND, default 127.0.0.1; 0.0.0.0 for all)
              --home DIR                 folder that holds all state        (CATSEYE_HOME, default ./.home)
              --feature NAME             may be given several times; adds   (CATSEYE_FEATURES=a,b, default virtual-target
                                         to those that were switched on      if none was switched on either)
              --admin-password-file F    claims a new device, user `admin`  (CATSEYE_ADMIN_PASSWORD_FILE)
              --safe-mode                leaves out added bundles, and      (CATSEYE_SAFE_MODE=1)
                                         settings that may keep you out
              --help                     this text""";

    /** The same options with the ports that were found for 0. */
    public LaunchOptions withPorts(int foundHttpPort, OptionalInt foundHttpsPort) {
        return new LaunchOptions(foundHttpPort, foundHttpsPort, bindAddress, homeFolder, featureNames, safeMode, adminPasswordFile);
    }

    /** Whether only this machine can reach Catseye. */
    public boolean isLocal() {
        return isLocalAddress(bindAddress);
    }

    /** Every address that is not certainly the loopback address counts as reachable by other machines. */
    static boolean isLocalAddress(String address) {
        return address.equals("localhost") || address.equals("::1") || address.matches("127(\\.[0-9]{1,3}){3}");
    }
}
