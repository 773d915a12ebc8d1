/**
 * The endpoints that clients send their requests to: token, device authorization, backchannel authentication and
 * revocation.
 */
package dev.mintlog.edge.http.token;
