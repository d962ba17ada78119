export { workflowBundle } from './bundle.ts';
export { serveHealth, type HealthServer } from './health.ts';
export {
  createOnboardingWorker,
  type OnboardingWorker,
  type OnboardingWorkerOptions,
} from './onboarding-worker.ts';
