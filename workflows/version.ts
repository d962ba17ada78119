/**
 * A run that is pinned to the version of its worker stays with that version for its whole life. When another version
 * becomes current, it continues as new there. Temporal reports this to pinned runs only, so others never do.
 */
import { workflowInfo, type ContinueAsNewOptions } from '@temporalio/workflow';

export function isNewerVersionThere(): boolean {
  return workflowInfo().targetWorkerDeploymentVersionChanged;
}

/** Without this, a run that follows a pinned one is pinned to the same version. */
export function versionOfNextRun(): Pick<ContinueAsNewOptions, 'initialVersioningBehavior'> {
  return isNewerVersionThere() ? { initialVersioningBehavior: 'AUTO_UPGRADE' } : {};
}
