/** Temporal's UI, of the version that npm start runs, lists the onboardings with their statuses. */
import { expect, test } from '@jest/globals';
import { TypedSearchAttributes } from '@temporalio/common';
import { onboardingsInUi } from '../../cli/up/temporal-ui.ts';
import {
  ATTRIBUTES,
  TASK_QUEUE,
  WORKFLOW_TYPE,
  workflowIdOf,
} from '../../workflows/contract/index.ts';
import { useDevelopmentServer } from '../client/development-server.ts';
import { DESK, picture, useChromium } from '../support/chromium.ts';

const here = useDevelopmentServer({}, 'in memory', 'with its UI');
const visit = useChromium();

const STATUS = ATTRIBUTES.status;

test('the view lists onboardings only, is kept by the browser, and shows the status as a column', async () => {
  for (const [reference, value] of [
    ['customer-42', 'awaiting-terms'],
    ['customer-43', 'awaiting-operator'],
  ] as const) {
    await here.temporal.workflow.start(WORKFLOW_TYPE, {
      workflowId: workflowIdOf(reference),
      taskQueue: TASK_QUEUE,
      typedSearchAttributes: new TypedSearchAttributes([{ key: STATUS, value }]),
    });
  }
  await here.temporal.workflow.start('another', { workflowId: 'another', taskQueue: TASK_QUEUE });
  await visit(DESK, async (page) => {
    await page.goto(onboardingsInUi(here.server.uiUrl ?? '', 'default'));
    await page.getByRole('link', { name: 'sender-onboarding/customer-43' }).waitFor();
    expect(await page.getByRole('link', { name: 'another' }).count()).toBe(0);
    await page.getByTestId('workflows-summary-table-configuration-button').click();
    await page.getByTestId(`orderable-list-item-${STATUS.name}-add-button`).click();
    for (const column of ['Run ID', 'Type', 'Start', 'End']) {
      await page.getByTestId(`orderable-list-item-${column}-remove-button`).click();
    }
    await page.keyboard.press('Escape');
    await page.goto(`${here.server.uiUrl ?? ''}/namespaces/default/workflows`);
    await page.getByTestId('onboardings').click();
    await page.getByText('awaiting-operator').waitFor();
    await page.getByText('awaiting-terms').waitFor();
    await picture(page, 'temporal-ui-list');
  });
});
