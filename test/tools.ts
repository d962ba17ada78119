/** `npm run tools`: finds or fetches all that tests start beside Node, and prints where each is. */
import {
  findGoGenerator,
  findJavaGenerator,
  findOasdiff,
  findPythonGenerator,
} from '../devserver/api-tools.ts';
import { findChromium, installHeadlessShell } from '../devserver/chromium.ts';
import { ASK_FOR_PACKAGES } from '../devserver/debian-packages.ts';
import { findActionlint, findHelm, findKubernetesValidate } from '../devserver/deploy-tools.ts';
import { findTemporalCli, findTestServer } from '../devserver/index.ts';
import { findPhp } from '../devserver/php.ts';
import { findPrometheus, findPromtool } from '../devserver/prometheus.ts';
import { findSchemathesis } from '../devserver/schemathesis.ts';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.env[ASK_FOR_PACKAGES] = '1';
say(`Temporal's command line: ${await findTemporalCli(say)}`);
say(`Temporal's test server:  ${await findTestServer(say)}`);
await installHeadlessShell(say);
say(`Chromium:                ${await findChromium(say)}`);
say(`schemathesis:            ${await findSchemathesis(say)}`);
say(`openapi-python-client:   ${await findPythonGenerator(say)}`);
say(`oapi-codegen:            ${await findGoGenerator(say)}`);
say(`openapi-generator:       ${await findJavaGenerator(say)}`);
say(`oasdiff:                 ${await findOasdiff(say)}`);
say(`PHP:                     ${await findPhp(say)}`);
say(`promtool:                ${await findPromtool(say)}`);
say(`Prometheus:              ${await findPrometheus(say)}`);
say(`Helm:                    ${await findHelm(say)}`);
say(`kubernetes-validate:     ${await findKubernetesValidate(say)}`);
say(`actionlint:              ${await findActionlint(say)}`);
