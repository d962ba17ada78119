/**
 * Options of a workflow that never runs: it keeps something in Temporal for as long as it is open, without a worker. Its
 * task queue has no worker, and its first task would be due in ten years.
 */
export function neverRunning(workflowId: string) {
  return { workflowId, taskQueue: workflowId, args: [], startDelay: '3650 days' } as const;
}
