/** Sessions of users: what each holds down, the union of it, and the reports that follow from it. */
package org.catseye.core.hid.session;
