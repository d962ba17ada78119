/** A mail does not arrive, and the person has AR24 send it again: in a browser, ten minutes later. */
import { expect, it } from '@jest/globals';
import { startGatewayUnderTest } from '../gateway.ts';
import { useChromium } from '../../support/chromium.ts';
import { openTestEnv } from '../../support/test-env.ts';
import { Visitor, WAYS } from './visitor.ts';

const PARTNER = 'Cabinet Durand';
const visit = useChromium();

it('is sent again once, in both languages, on phone and desktop, and by keyboard alone', async () => {
  const { simulator, temporal, start } = await openTestEnv();
  // Temporal's clock is then so far ahead of the gateway's that the page leaves the decision to the workflow.
  await temporal.sleep('30 minutes');
  const people = await Promise.all(
    WAYS.map(async ([name, way], place) => {
      const [reference, email] = [`customer-${place}`, `holder-${place}@example.org`];
      simulator.createAccount({ email });
      const sender = await start({ reference, email, language: way.language });
      await sender.reaches('awaiting-attachment');
      return { name, way, reference, email, sender };
    }),
  );
  await temporal.sleep('11 minutes');
  const gateway = await startGatewayUnderTest(temporal.client, { partner: { name: PARTNER } });

  for (const { way, reference, email, sender } of people) {
    const { json } = await gateway.call('POST', `/onboardings/${reference}/links`);
    await visit(way.options, async (page) => {
      const person = new Visitor(page, way, PARTNER);
      const { again, result } = person.words;
      await page.goto(String(json['url']));
      await person.press(again(1));
      await person.reads(result['mailed-access']);
      await sender.shows('asked twice', ({ requests }) => requests[0]?.times === 2);
      await person.press(again(1));
      await person.reads(result['not-now']);
    });
    expect(simulator.mailbox().filter(({ to }) => to === email)).toHaveLength(2);
  }
});
