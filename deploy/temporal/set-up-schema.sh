#!/bin/sh
# Creates Temporal's two databases, or updates their schemas to this version. May run any number of times.
# SQL_PLUGIN, SQL_HOST, SQL_PORT, SQL_USER and SQL_PASSWORD name the database server.
set -eu

schemas=${SCHEMAS:-/etc/temporal/schema/postgresql/v12}

set_up() {
  database=$1
  versions=$2
  temporal-sql-tool --database "$database" create-database
  temporal-sql-tool --database "$database" setup-schema --version 0.0
  temporal-sql-tool --database "$database" update-schema --schema-dir "$versions"
}

set_up temporal "$schemas/temporal/versioned"
set_up temporal_visibility "$schemas/visibility/versioned"
