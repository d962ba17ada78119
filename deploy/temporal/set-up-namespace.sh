#!/bin/sh
# Creates the namespace and its search attributes. May run any number of times.
# TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE name the server and the namespace. ONBOARDING_RETENTION_DAYS sets how long
# ended onboardings are kept.
set -eu

retention=${ONBOARDING_RETENTION_DAYS:-30}d

# A server that has just started, or has just created the namespace, refuses calls for some seconds.
patiently() {
  tries=1
  until "$@"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 20 ]; then return 1; fi
    sleep 2
  done
}

# These commands accept the namespace only as an option; without it they use "default".
namespace() {
  if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
    temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
  else
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
  fi
}

# If the attribute exists already, this is no error.
attribute() {
  temporal operator search-attribute create --name "$1" --type "$2"
}

patiently namespace
patiently attribute OnboardingStatus Keyword
patiently attribute OnboardingProblem Keyword
patiently attribute OnboardingProblemSince Datetime
patiently attribute OnboardingWaitingFor KeywordList
patiently attribute OnboardingSince Datetime
patiently attribute OnboardingDeadline Datetime
patiently attribute SenderEmailHashes KeywordList
patiently attribute Ar24UserId Keyword
patiently attribute OnboardingPolicy Keyword
patiently attribute OnboardingKeyId Keyword
