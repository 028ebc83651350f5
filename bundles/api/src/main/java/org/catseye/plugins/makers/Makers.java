package org.catseye.plugins.makers;

import org.catseye.access.Caller;
import org.catseye.plugins.PluginException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The makers of plug-ins that the administrators of this device trust. A jar is trusted if the whole of it is signed with a certificate of this
 * list, or with one that a certificate of this list has issued. Each change is recorded in the audit log. The caller of this service has to check
 * that the user has the permission ADMIN. Thread-safe; reads and writes files, so it blocks shortly.
 */
@ProviderType
public interface Makers {

    /** How many makers can be added. */
    int MAX_MAKERS = 100;
    /** Of the text of a certificate. */
    int MAX_CERTIFICATE_CHARS = 8 << 10;

    /** Files that cannot be read or parsed are part of the list, with the reason. */
    MakerList listMakers();

    /**
     * Trusts the maker with this certificate from now on.
     *
     * @param pem one X.509 certificate as PEM; other text around it is not kept
     * @throws PluginException with the reason UNUSABLE if it is no certificate, or contains a private key; TOO_LARGE; CONFLICT if the certificate is
     *     in the list, or the list is full; FAILED if the file cannot be written
     */
    Maker addMaker(Caller by, String pem) throws PluginException;

    /**
     * Trusts the maker no more. The maker's plug-ins keep running.
     *
     * @param id of {@link Maker}
     * @throws PluginException if there is no such maker, or the file cannot be deleted
     */
    void removeMaker(Caller by, String id) throws PluginException;
}
