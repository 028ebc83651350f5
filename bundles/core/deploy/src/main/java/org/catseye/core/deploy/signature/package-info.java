/** Who has signed a jar, and which makers are trusted. */
package org.catseye.core.deploy.signature;
