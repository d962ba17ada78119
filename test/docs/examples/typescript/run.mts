/** Calls the functions of the examples as the task from standard input says, and prints what they did. */
import { text } from 'node:stream/consumers';
import { receive } from './notifications.mts';
import { makeLink, start } from './onboarding.mts';

const task = JSON.parse(await text(process.stdin));
await start(task.reference, task.email);
let code = null;
try {
  await start(task.reference, task.otherEmail);
} catch (error) {
  ({ code } = error);
}
const received = [];
for (const { body, headers } of task.requests) {
  let stored = null;
  const store = async (reference, sequence, { status }) => {
    stored = { reference, sequence, status };
  };
  received.push({ status: await receive(body, headers, store), stored });
}
console.log(JSON.stringify({ url: await makeLink(task.reference), code, received }));
