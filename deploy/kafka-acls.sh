#!/bin/sh
# Prints the ACLs that keep each side to its own topics; run what it prints, or read it as the list of who may do what.
#   deploy/kafka-acls.sh User:edge User:processor User:operator User:auditor
set -eu
if [ $# -ne 4 ]; then
  echo "usage: $0 EDGE PROCESSOR OPERATOR AUDITOR   (four Kafka principals, such as User:edge)" >&2
  exit 2
fi
edge=$1 processor=$2 operator=$3 auditor=$4
acl() { echo "kafka-acls.sh --bootstrap-server \"\$BOOTSTRAP\" --command-config \"\$ADMIN\" --add --allow-principal $*"; }
# At start each service checks the settings its promises rest on, so it may read those of its topics.
describe() { echo "--operation Describe --operation DescribeConfigs"; }
# Edges write commands and their own denials, and read answers and the registry. Nothing else.
acl "$edge" --operation Write $(describe) --topic token-commands
acl "$edge" --operation Write $(describe) --topic token-events
acl "$edge" --operation Read $(describe) --topic token-replies
acl "$edge" --operation Read $(describe) --topic registry
# Processors read commands and write what comes of them.
acl "$processor" --operation Read $(describe) --topic token-commands
acl "$processor" --operation Read --group grant-processor
# How short a session the group may have is a setting of the brokers; who may not read it takes six seconds.
acl "$processor" --operation DescribeConfigs --cluster
acl "$processor" --operation Write $(describe) --topic token-replies
acl "$processor" --operation Write $(describe) --topic token-events
acl "$processor" --operation Read --operation Write $(describe) --topic authorizations
acl "$processor" --operation Write $(describe) --topic token-commands-dead
# They publish next signing keys, and revocations of whole subjects and clients: entries of the registry, signed as all
# others are.
acl "$processor" --operation Read --operation Write $(describe) --topic registry
acl "$processor" --operation Write --operation Describe --transactional-id mintlog-registry
# The operator's command line publishes the registry, and gives commands (mintlog revoke) as an edge does.
acl "$operator" --operation Write $(describe) --topic token-commands
acl "$operator" --operation Read $(describe) --topic token-replies
acl "$operator" --operation Read --operation Write $(describe) --topic registry
acl "$operator" $(describe) --topic authorizations
acl "$operator" --operation Write --operation Describe --transactional-id mintlog-registry
# Auditors read events.
acl "$auditor" --operation Read $(describe) --topic token-events
acl "$auditor" --operation Read --group '*'
