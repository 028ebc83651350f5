package org.catseye.core.deploy.plugin;

import java.util.Map;
import org.catseye.access.Caller;
import org.catseye.core.deploy.DropFolder;
import org.catseye.core.deploy.signature.TrustedMakers;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.makers.Maker;
import org.catseye.plugins.makers.MakerList;
import org.catseye.plugins.makers.Makers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists and changes the trusted makers, and records the changes in the audit log. */
@Component(service = Makers.class)
public final class MakerAdministration implements Makers {

    private static final String MAKER = "maker";
    private static final String FINGERPRINT = "sha256";

    private final TrustedMakers makers;
    private final ChangeRunner runner;

    @Activate
    public MakerAdministration(@Reference DropFolder folder, @Reference ChangeRunner runner) {
        makers = folder.makers();
        this.runner = runner;
    }

    @Override
    public MakerList listMakers() {
        return makers.listMakers();
    }

    @Override
    public Maker addMaker(Caller by, String pem) throws PluginException {
        Maker maker = makers.addMaker(pem);
        record(by, "maker.trusted", maker);
        return maker;
    }

    @Override
    public void removeMaker(Caller by, String id) throws PluginException {
        record(by, "maker.removed", makers.removeMaker(id));
    }

    private void record(Caller by, String action, Maker maker) {
        runner.record(action, by.session().user(), by.address(), Map.of(MAKER, maker.name(), FINGERPRINT, maker.id()));
    }
}
