package dev.mintlog.clients.nimbus;

import dev.mintlog.clients.deeds.Deeds;
import java.io.IOException;

/** The program that a test starts. */
public final class NimbusClient {
  private NimbusClient() {}

  public static void main(String[] arguments) throws IOException {
    new Deeds()
        .with("discovery", asked -> RelyingParty.discover(asked).described())
        .with("client-credentials", asked -> RelyingParty.discover(asked).clientCredentials())
        .with("authorization-code", asked -> RelyingParty.discover(asked).redeem())
        .with("refresh", asked -> RelyingParty.discover(asked).refresh())
        .with("device", asked -> RelyingParty.discover(asked).askForDevice())
        .with("poll", asked -> RelyingParty.discover(asked).poll())
        .with("exchange", asked -> RelyingParty.discover(asked).exchange())
        .with("dpop", asked -> RelyingParty.discover(asked).withDpop())
        .with("introspection", asked -> RelyingParty.discover(asked).introspect())
        .with("revocation", asked -> RelyingParty.discover(asked).revoke())
        .with("backchannel", asked -> RelyingParty.discover(asked).askForUser())
        .with("poll-backchannel", asked -> RelyingParty.discover(asked).pollBackchannel())
        .answer();
  }
}
