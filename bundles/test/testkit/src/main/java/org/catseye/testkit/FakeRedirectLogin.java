package org.catseye.testkit;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.access.Challenge;
import org.catseye.access.Grants;
import org.catseye.access.LoginResponse;
import org.catseye.access.Permission;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.ChallengeAuthenticator;
import org.catseye.access.spi.Identity;
import org.catseye.access.spi.LoginContext;

/**
 * An authenticator that works like one for OpenID Connect, including the provider: a redirect with a state, and a return with a
 * code that works once.
 */
public final class FakeRedirectLogin implements ChallengeAuthenticator {

    private final Identity identity;
    private volatile boolean removed;
    /** The codes that the provider issued, each with the state of its login. */
    private final Map<String, String> codes = new ConcurrentHashMap<>();

    public FakeRedirectLogin(String user) {
        this.identity = new Identity(user, new Grants(Set.of(), Map.of("*", Set.of(Permission.VIEW))), "s", "t", false);
    }

    public void removeUser() {
        removed = true;
    }

    @Override
    public Challenge beginLogin(LoginContext context) {
        String back = URLEncoder.encode(context.returnAddress().toString(), StandardCharsets.UTF_8);
        return new Challenge.Redirect(URI.create("https://login.example.org/authorize?redirect_uri=" + back + "&state=" + context.nonce()));
    }

    /** Acts as the user who logs in at the provider, and as the provider that redirects the user back. */
    public LoginResponse approveLogin(Challenge challenge) {
        String query = ((Challenge.Redirect) challenge).location().getRawQuery();
        String state = query.substring(query.indexOf("state=") + "state=".length());
        String code = UUID.randomUUID().toString();
        codes.put(code, state);
        return new LoginResponse(Map.of("code", code, "state", state));
    }

    @Override
    public Answer completeLogin(LoginContext context, LoginResponse response) {
        Optional<String> state = Optional.ofNullable(codes.remove(response.field("code")));
        return response.field("state").equals(context.nonce()) && state.filter(context.nonce()::equals).isPresent() ? check(identity.user())
                : new Answer.Refused();
    }

    @Override
    public Answer check(String user) {
        return !removed && user.equals(identity.user()) ? new Answer.Known(identity) : new Answer.NotMine();
    }
}
