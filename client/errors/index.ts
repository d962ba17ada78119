export { InvalidRequestError, type RequestFault } from './invalid-request-error.ts';
export { NoWorkerError } from './no-worker-error.ts';
export { OnboardingNotFoundError } from './onboarding-not-found-error.ts';
export { TemporalUnavailableError } from './temporal-unavailable-error.ts';
export { UpdateRefusedError } from './update-refused-error.ts';
