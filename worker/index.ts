export {
  compareAr24Account,
  keepAr24Account,
  replaceAr24Account,
  type Ar24Account,
  type KeptAr24Account,
} from './ar24-account.ts';
export { workflowBundle } from './bundle.ts';
export { serveHealth, type HealthServer } from './health.ts';
export { createLogger, type LogLevel } from './logging.ts';
export {
  createOnboardingWorker,
  type OnboardingWorker,
  type OnboardingWorkerOptions,
} from './onboarding-worker.ts';
export { WORKER_METRICS } from './metrics.ts';
export { pinningFault, watchVersion, type WorkerVersion } from './version.ts';
export { installRuntime, type RuntimeSettings } from './runtime.ts';
export {
  findSearchAttributeFaults,
  registerSearchAttributes,
  searchAttributeCommands,
  type FullType,
  type Registration,
  type SearchAttribute,
  type SearchAttributeFaults,
} from './search-attributes.ts';
