/** OpenID Connect Client-Initiated Backchannel Authentication (CIBA) Core. */
package dev.mintlog.grant.ciba;
