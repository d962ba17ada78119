#!/bin/sh
# Makes the namespace and its search attributes. May run any number of times.
# TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE say where.
set -eu

# A server that has just started, or has just made the namespace, refuses for some seconds.
patiently() {
  tries=1
  until "$@"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 20 ]; then return 1; fi
    sleep 2
  done
}

# These two take the namespace as an option only; without it they mean "default".
namespace() {
  temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 30d
}

# It is no error that an attribute is there already.
attribute() {
  temporal operator search-attribute create --name "$1" --type "$2"
}

patiently namespace
patiently attribute OnboardingStatus Keyword
patiently attribute OnboardingProblem Keyword
patiently attribute OnboardingWaitingFor KeywordList
patiently attribute OnboardingSince Datetime
patiently attribute OnboardingDeadline Datetime
patiently attribute SenderEmailHash Keyword
patiently attribute Ar24UserId Keyword
