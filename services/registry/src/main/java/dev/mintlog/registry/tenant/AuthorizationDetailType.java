package dev.mintlog.registry.tenant;

import java.util.Map;
import java.util.Set;

/**
 * A type of authorization details that an API resource defines, RFC 9396 §2.
 *
 * @param type its identifier
 * @param members what JSON values its members are, {@code type} apart: one of {@link #KINDS}; others it may not have
 * @param required members that must be there
 */
public record AuthorizationDetailType(String type, Map<String, String> members, Set<String> required) {
  /** Kinds of JSON values. */
  public static final Set<String> KINDS = Set.of("string", "number", "boolean", "object", "array");

  public AuthorizationDetailType {
    members = Map.copyOf(members);
    required = Set.copyOf(required);
  }
}
