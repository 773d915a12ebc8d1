package dev.mintlog.edge.limit;

/**
 * Who tries to sign in, from where.
 *
 * @param username a digest of the username, the same for all its spellings that somebody might take for one
 * @param clientId the authenticated client that the password came through
 * @param address the address that the request came from, in digits
 */
public record SignIn(String tenant, String username, String clientId, String address) {}
