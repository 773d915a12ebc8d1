/** What an extension implements to say more about a user in access tokens. */
package dev.mintlog.claims;
