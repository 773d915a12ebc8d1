package dev.mintlog.channel.log;

import dev.mintlog.schema.ApproveBackchannelAuthentication;
import dev.mintlog.schema.ApproveDeviceAuthorization;
import dev.mintlog.schema.AuthorizationChange;
import dev.mintlog.schema.AuthorizationCreated;
import dev.mintlog.schema.AuthorizationRevoked;
import dev.mintlog.schema.AuthorizationState;
import dev.mintlog.schema.AuthorizationsRevoked;
import dev.mintlog.schema.BackchannelAuthenticationApproved;
import dev.mintlog.schema.BackchannelAuthenticationCreated;
import dev.mintlog.schema.BackchannelAuthenticationRefused;
import dev.mintlog.schema.CreateAuthorization;
import dev.mintlog.schema.CreateBackchannelAuthentication;
import dev.mintlog.schema.CreateDeviceAuthorization;
import dev.mintlog.schema.DeadCommand;
import dev.mintlog.schema.DeviceAuthorizationApproved;
import dev.mintlog.schema.DeviceAuthorizationCreated;
import dev.mintlog.schema.DeviceAuthorizationRefused;
import dev.mintlog.schema.ExchangeToken;
import dev.mintlog.schema.IssuedTokens;
import dev.mintlog.schema.PollBackchannelAuthentication;
import dev.mintlog.schema.PollDevice;
import dev.mintlog.schema.RedeemCode;
import dev.mintlog.schema.RefreshToken;
import dev.mintlog.schema.RefuseBackchannelAuthentication;
import dev.mintlog.schema.RefuseDeviceAuthorization;
import dev.mintlog.schema.RegistryEntry;
import dev.mintlog.schema.RegistryRevision;
import dev.mintlog.schema.RequestClientCredentials;
import dev.mintlog.schema.RequestExtensionToken;
import dev.mintlog.schema.RequestOnBehalfOf;
import dev.mintlog.schema.RequestPasswordToken;
import dev.mintlog.schema.ResponseSigned;
import dev.mintlog.schema.RevokeAuthorization;
import dev.mintlog.schema.RevokeBefore;
import dev.mintlog.schema.SignResponse;
import dev.mintlog.schema.SpendProofs;
import dev.mintlog.schema.TokenDenied;
import dev.mintlog.schema.TokenIssued;
import dev.mintlog.schema.TokenReply;
import dev.mintlog.schema.Topics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Which record types each topic holds. A record of another type is not read there. */
public final class WireSchemas {
  private static final Map<String, List<Schema>> BY_TOPIC = listed();
  private static final Map<String, Set<String>> NAMES_BY_TOPIC = names();

  private WireSchemas() {}

  /**
   * Topic to the types it may hold. {@link AuthorizationState} exists only sealed, in Redis and inside changelog entries,
   * and {@link IssuedTokens} only inside replies: each is registered under the topic it travels in.
   */
  public static Map<String, List<Schema>> byTopic() {
    return BY_TOPIC;
  }

  /** The part of {@link #byTopic} that a service uses. */
  public static Map<String, List<Schema>> of(String... topics) {
    Map<String, List<Schema>> some = new LinkedHashMap<>();
    for (String topic : topics) {
      some.put(topic, BY_TOPIC.get(topic));
    }
    return some;
  }

  static boolean holds(String topic, String recordName) {
    return NAMES_BY_TOPIC.getOrDefault(topic, Set.of()).contains(recordName);
  }

  private static Map<String, Set<String>> names() {
    Map<String, Set<String>> names = new HashMap<>();
    BY_TOPIC.forEach((topic, schemas) ->
        names.put(topic, schemas.stream().map(Schema::getFullName).collect(Collectors.toUnmodifiableSet())));
    return Map.copyOf(names);
  }

  private static Map<String, List<Schema>> listed() {
    Map<String, List<Schema>> topics = new LinkedHashMap<>();
    topics.put(Topics.COMMANDS, List.of(
        RequestClientCredentials.getClassSchema(),
        RequestExtensionToken.getClassSchema(),
        RequestPasswordToken.getClassSchema(),
        RedeemCode.getClassSchema(),
        RefreshToken.getClassSchema(),
        PollDevice.getClassSchema(),
        CreateAuthorization.getClassSchema(),
        CreateDeviceAuthorization.getClassSchema(),
        ApproveDeviceAuthorization.getClassSchema(),
        RefuseDeviceAuthorization.getClassSchema(),
        CreateBackchannelAuthentication.getClassSchema(),
        ApproveBackchannelAuthentication.getClassSchema(),
        RefuseBackchannelAuthentication.getClassSchema(),
        PollBackchannelAuthentication.getClassSchema(),
        ExchangeToken.getClassSchema(),
        RequestOnBehalfOf.getClassSchema(),
        RevokeAuthorization.getClassSchema(),
        RevokeBefore.getClassSchema(),
        SignResponse.getClassSchema(),
        SpendProofs.getClassSchema()));
    topics.put(Topics.REPLIES, List.of(TokenReply.getClassSchema(), IssuedTokens.getClassSchema()));
    topics.put(Topics.EVENTS, List.of(
        TokenIssued.getClassSchema(),
        TokenDenied.getClassSchema(),
        AuthorizationCreated.getClassSchema(),
        AuthorizationRevoked.getClassSchema(),
        AuthorizationsRevoked.getClassSchema(),
        ResponseSigned.getClassSchema(),
        DeviceAuthorizationCreated.getClassSchema(),
        DeviceAuthorizationApproved.getClassSchema(),
        DeviceAuthorizationRefused.getClassSchema(),
        BackchannelAuthenticationCreated.getClassSchema(),
        BackchannelAuthenticationApproved.getClassSchema(),
        BackchannelAuthenticationRefused.getClassSchema()));
    topics.put(Topics.AUTHORIZATIONS,
        List.of(AuthorizationChange.getClassSchema(), AuthorizationState.getClassSchema()));
    topics.put(Topics.COMMANDS_DEAD, List.of(DeadCommand.getClassSchema()));
    topics.put(Topics.REGISTRY, List.of(RegistryEntry.getClassSchema(), RegistryRevision.getClassSchema()));
    return java.util.Collections.unmodifiableMap(topics);
  }
}
