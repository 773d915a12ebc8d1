/** Programs that use Microsoft's libraries: the credentials of Azure Identity, and MSAL for Java as it is. */
package dev.mintlog.clients.azure;
