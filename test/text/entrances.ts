/** Every entrance for registration forms, each with its own code. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { checkFile } from '../../cli/import/check-file.ts';
import { readRegistration } from '../../cli/input/registration-file.ts';
import {
  InvalidRequestError,
  parseRequest,
  registrationForm,
  registrationWarnings,
  startWarnings,
  type RegistrationForm,
} from '../../client/index.ts';
import { startRequest } from '../../client/schemas/start-request.ts';
import { startBody } from '../../gateway/api/schemas/requests.ts';
import { readEvent } from '../../gateway/events/read-event.ts';
import { parseEventSources } from '../../gateway/events/sources.ts';
import { readForm } from '../../gateway/page/form/read-form.ts';
import { registrationForm as aForm } from '../support/people.ts';

export type Written = Readonly<Record<string, string | boolean>>;

export interface Judged {
  /** Undefined if it was refused. */
  readonly form?: RegistrationForm;
  readonly refused: readonly string[];
  readonly warned: readonly string[];
}

export interface Entrance {
  readonly name: string;
  readonly judge: (written: Written, folder: string) => Promise<Judged>;
}

const WHO = { reference: 'customer-42', email: 'zoe@example.org' };

export const ENTRANCES: readonly Entrance[] = [
  {
    name: 'a start over HTTP',
    judge: caught((written) => {
      const body = startBody.parse({ email: WHO.email, registration: written });
      const request = parseRequest(startRequest, { ...body, reference: WHO.reference });
      return taken(request.registration, startWarnings(request).map(pathOf));
    }),
  },
  {
    name: 'a form over HTTP',
    judge: caught((written) => {
      const form = parseRequest(registrationForm, written);
      return taken(form, registrationWarnings(form).map(pathOf));
    }),
  },
  {
    name: 'a file of the command line',
    judge: caught(async (written, folder) => {
      const file = join(folder, 'form.json');
      await writeFile(file, JSON.stringify(written));
      const form = await readRegistration(file);
      return taken(form, registrationWarnings(form).map(pathOf));
    }),
  },
  {
    name: 'a row of an import',
    judge: async (written) => {
      const csv = stringify([{ ...WHO, ...written }], { header: true, cast: { boolean: String } });
      const { rows } = await checkFile(Buffer.from(csv));
      const [row] = rows;
      if (row?.kind !== 'valid') {
        return { refused: row?.faults.map(({ column }) => column ?? '') ?? [], warned: [] };
      }
      const { registration } = parseRequest(startRequest, row.request);
      return taken(
        registration,
        row.warnings.map((warning) => warning.split(':')[0] ?? ''),
      );
    },
  },
  {
    name: 'an event',
    judge: (written) => {
      const [source] = parseEventSources(EVENTS, () => undefined);
      if (source === undefined) throw new Error('no source');
      const deed = readEvent(source, { type: 'started', ...WHO, form: written });
      const request = deed.kind === 'start' ? parseRequest(startRequest, deed.request) : undefined;
      // An invalid form is asked for on the page, and the sign-up is accepted.
      if (request?.registration === undefined) return Promise.resolve({ refused: [], warned: [] });
      return Promise.resolve(taken(request.registration, startWarnings(request).map(pathOf)));
    },
  },
  {
    name: 'the page',
    judge: (given) => {
      // All that a browser sends is text.
      const written = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, String(value)]),
      );
      const read = readForm(written);
      if (read.kind === 'faulty') {
        return Promise.resolve({ refused: [...read.faults.keys()], warned: [] });
      }
      if (read.kind === 'usable') return Promise.resolve(taken(read.form, []));
      const again = readForm({ ...written, acknowledged: read.acknowledgement });
      if (again.kind !== 'usable') throw new Error('two warnings');
      return Promise.resolve(taken(again.form, [...read.warnings.keys()]));
    },
  },
];

const EVENTS = JSON.stringify({
  sources: [
    {
      name: 'own',
      secrets: [Buffer.alloc(24, 7).toString('base64')],
      fields: {
        ...{ type: '$.type', reference: '$.reference', email: '$.email' },
        registration: Object.fromEntries(
          [...Object.keys(aForm()), 'address2', 'company_tva', 'billing_email']
            .concat('is_legal_entity', 'notif_billing')
            .map((field) => [field, `$.form.${field}`]),
        ),
      },
      events: { start: ['started'] },
    },
  ],
});

function taken(form: RegistrationForm | undefined, warned: readonly string[]): Judged {
  return {
    ...(form && { form }),
    refused: [],
    warned: warned.map((path) => path.replace('registration.', '')),
  };
}

function pathOf({ path }: { readonly path: string }): string {
  return path;
}

function caught(judge: (written: Written, folder: string) => Judged | Promise<Judged>) {
  return async (written: Written, folder: string): Promise<Judged> => {
    try {
      return await judge(written, folder);
    } catch (error) {
      const faults =
        error instanceof InvalidRequestError ? error.faults.map(pathOf) : zodPathsIn(error);
      return { refused: faults.map((path) => path.replace('registration.', '')), warned: [] };
    }
  };
}

/** For a body that does not have the shape in the OpenAPI document. */
function zodPathsIn(error: unknown): readonly string[] {
  const hasIssues = typeof error === 'object' && error !== null && 'issues' in error;
  if (!hasIssues || !Array.isArray(error.issues)) throw error;
  return (error.issues as readonly { readonly path: readonly string[] }[]).map(({ path }) =>
    path.join('.'),
  );
}
