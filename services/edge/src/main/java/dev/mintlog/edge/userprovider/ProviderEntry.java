package dev.mintlog.edge.userprovider;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * One provider as the file has it.
 *
 * @param name what {@code idp:} selects it by, and the {@code idp} claim of its users
 * @param tenants whose users they are
 */
record ProviderEntry(String name, String type, Set<String> tenants, JsonObject options) {}
