package org.catseye.core.access.administration;

import java.net.URI;
import java.util.List;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Caller;
import org.catseye.access.ChallengeLogin;
import org.catseye.access.LoginResponse;
import org.catseye.core.access.AccessService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Provides logins in two steps, once the device has an owner. Thread-safe. */
@Component(service = ChallengeLogin.class)
public final class ChallengeLoginService implements ChallengeLogin {

    private final AccessService access;

    @Activate
    public ChallengeLoginService(@Reference AccessService access) {
        this.access = access;
    }

    @Override
    public List<String> listMethods() {
        return access.challengeLogins().listMethods();
    }

    @Override
    public Started beginLogin(String method, URI returnAddress, String origin) throws AccessException {
        if (!access.claimed()) {
            throw new AccessException(Reason.NOT_CLAIMED, "This device has no owner yet. Open /setup with the token that was printed to the log.");
        }
        return access.challengeLogins().beginLogin(method, returnAddress, origin);
    }

    @Override
    public Login completeLogin(String id, LoginResponse response, String origin) throws AccessException {
        return access.challengeLogins().completeLogin(id, response, origin);
    }

    @Override
    public void proveAgain(Caller by, String id, LoginResponse response) throws AccessException {
        access.proveAgain(by, id, response);
    }
}
