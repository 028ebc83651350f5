/**
 * Access control: sessions and API tokens, the brake on guessing, rights, the audit. Who people are is told by authenticators, which come and go.
 * {@link org.catseye.core.access.Doorkeeper} is the way in.
 */
package org.catseye.core.access;
