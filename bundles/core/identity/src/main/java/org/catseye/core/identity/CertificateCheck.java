package org.catseye.core.identity;

import java.util.List;
import org.catseye.targets.SelfCheck;

/** Shows which certificate is in use, and why the user's own one is not. Thread-safe. */
final class CertificateCheck implements SelfCheck {

    private static final String ITEM = "Certificate";

    private final TlsIdentity identity;

    CertificateCheck(TlsIdentity identity) {
        this.identity = identity;
    }

    @Override
    public String title() {
        return "HTTPS of this device";
    }

    @Override
    public List<Item> checkItems() {
        String problem = identity.currentProblem();
        return List.of(problem.isEmpty() ? Item.passed(ITEM, identity.describeCertificate())
                : Item.failed(ITEM, identity.describeCertificate(), problem));
    }
}
