package dev.mintlog.edge.http.token;

import dev.mintlog.edge.command.grant.GrantRequest;
import dev.mintlog.edge.http.JsonText;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.surface.Asked;
import dev.mintlog.edge.surface.Surface;
import java.time.Instant;

/** The members of an answer that each surface has in its own way: the one place that knows. */
enum AnswerForm {
  /** RFC 6749 §5.1 and RFC 8628 §3.2. */
  RFC,

  /** As Entra ID's first version answers: numbers are texts, times are absolute too. PSOAuthHelper reads expires_on. */
  ENTRA_V1 {
    @Override
    void number(JsonText json, String name, long value) {
      json.plainMember(name, Long.toString(value));
    }

    @Override
    void lifetime(JsonText json, int seconds, Instant now) {
      super.lifetime(json, seconds, now);
      number(json, "ext_expires_in", seconds);
      number(json, "expires_on", now.getEpochSecond() + seconds);
      number(json, "not_before", now.getEpochSecond());
    }

    @Override
    void asked(JsonText json, Asked asked) {
      asked.resource().ifPresent(resource -> json.member("resource", resource));
    }

    @Override
    void clientInfo(JsonText json, GrantRequest request, Reply.Granted granted) {
      ClientInfo.of(request, granted).ifPresent(info -> json.plainMember("client_info", info));
    }

    @Override
    void verification(JsonText json, String uri) {
      super.verification(json, uri);
      json.member("verification_url", uri);
    }
  },

  /** As Entra ID's second version answers. */
  ENTRA_V2 {
    @Override
    void lifetime(JsonText json, int seconds, Instant now) {
      super.lifetime(json, seconds, now);
      number(json, "ext_expires_in", seconds);
    }

    @Override
    void asked(JsonText json, Asked asked) {
      ENTRA_V1.asked(json, asked);
    }

    @Override
    void clientInfo(JsonText json, GrantRequest request, Reply.Granted granted) {
      ENTRA_V1.clientInfo(json, request, granted);
    }

    @Override
    void verification(JsonText json, String uri) {
      ENTRA_V1.verification(json, uri);
    }
  };

  static AnswerForm of(Surface surface) {
    return switch (surface) {
      case PLAIN -> RFC;
      case ENTRA_V1 -> ENTRA_V1;
      case ENTRA_V2, ADFS -> ENTRA_V2;
    };
  }

  void number(JsonText json, String name, long value) {
    json.member(name, value);
  }

  /** @param now what the tokens are dated at */
  void lifetime(JsonText json, int seconds, Instant now) {
    number(json, "expires_in", seconds);
  }

  /** What the answer repeats of what was asked, beside its scope. */
  void asked(JsonText json, Asked asked) {}

  /** Whose tokens they are, where the client asks. */
  void clientInfo(JsonText json, GrantRequest request, Reply.Granted granted) {}

  void verification(JsonText json, String uri) {
    json.member("verification_uri", uri);
  }
}
