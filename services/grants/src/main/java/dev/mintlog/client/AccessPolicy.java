package dev.mintlog.client;

/**
 * What access tokens of a client may be for.
 *
 * @param multipleResources whether one token request may name several API resources, RFC 8707 §2.2
 */
public record AccessPolicy(boolean multipleResources) {
  public static final AccessPolicy DEFAULT = new AccessPolicy(true);
}
