#!/bin/sh
# Makes the namespace and its search attributes. May run any number of times.
# TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE say where, ONBOARDING_RETENTION_DAYS for how long what has ended
# is kept.
set -eu

retention=${ONBOARDING_RETENTION_DAYS:-30}d

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
  if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
    temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
  else
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
  fi
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
patiently attribute OnboardingKeyIds KeywordList
