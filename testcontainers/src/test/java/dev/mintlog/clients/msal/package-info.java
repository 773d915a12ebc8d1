/** MSAL.NET and AzAuth above it: the requests they send, and what they make of the answers. */
package dev.mintlog.clients.msal;
