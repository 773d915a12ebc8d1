package dev.mintlog.edge.command;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.command.TokenStyle;
import dev.mintlog.schema.CommandHeader;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** A command that lacks its header only. */
@FunctionalInterface
public interface CommandBody {

  SpecificRecord under(CommandHeader header);

  /** The same command; an authorization is born of it. */
  default CommandBody onNew(AuthorizationId id) {
    return header -> {
      header.setNewAuthorizationId(id.value());
      return under(header);
    };
  }

  /** The same command, for tokens with the claims of a style. */
  default CommandBody inStyle(TokenStyle style) {
    return style == TokenStyle.RFC ? this : header -> {
      header.setTokenStyle(style.wireName());
      return under(header);
    };
  }

  /** The same command, for certain API resources, RFC 8707. */
  default CommandBody forResources(List<String> resources) {
    return resources.isEmpty() ? this : header -> {
      header.setResources(resources);
      return under(header);
    };
  }
}
