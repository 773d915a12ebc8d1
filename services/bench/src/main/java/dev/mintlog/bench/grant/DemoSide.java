package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.BenchException;
import java.security.PrivateKey;

/** What a script may need beside the client's own requests; each is looked for when it is asked for. */
public interface DemoSide {

  /** @throws BenchException where it is not known where the login API is */
  LoginApi login();

  /** @throws BenchException where no user's password is known */
  DemoFile.DemoUser user();

  /** @throws BenchException where no key of the clients under load is known */
  PrivateKey assertionKey();
}
