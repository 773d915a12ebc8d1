/** A relying party that uses Nimbus' OAuth 2.0 SDK with OpenID Connect extensions, as its documentation does. */
package dev.mintlog.clients.nimbus;
