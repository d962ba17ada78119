import { WORKFLOW_TYPE } from '../../workflows/contract/index.ts';

/**
 * The list of all onboardings in Temporal's UI. The UI keeps it as a view of the browser. It has no address for columns:
 * a person adds the status once.
 */
export function onboardingsInUi(uiUrl: string, namespace: string): string {
  const view = new URL(`namespaces/${encodeURIComponent(namespace)}/workflows`, `${uiUrl}/`);
  view.searchParams.set('query', `WorkflowType="${WORKFLOW_TYPE}"`);
  // By this name the UI saves the view.
  view.searchParams.set('savedQuery', 'Onboardings');
  return view.href;
}
