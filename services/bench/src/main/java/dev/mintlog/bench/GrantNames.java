package dev.mintlog.bench;

import dev.mintlog.bench.grant.GrantScripts;
import java.util.ArrayList;

/** The grants that {@code --grant} takes, for its help. */
final class GrantNames extends ArrayList<String> {

  private static final long serialVersionUID = 1L;

  GrantNames() {
    super(GrantScripts.all().stream().map(GrantScripts::shortName).toList());
  }
}
