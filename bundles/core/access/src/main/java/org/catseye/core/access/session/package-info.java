/** Logins and API tokens: in memory, in {@code sessions.json} and {@code tokens.json}, and the rights they currently have. {@code SessionRegistry} holds them all. */
package org.catseye.core.access.session;
