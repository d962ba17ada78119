/** The messages to an onboarding. Signals are accepted at once; updates wait for the answer of a worker. */
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  formFields,
  mailsToRepeat,
  parseRequest,
  registrationForm,
  registrationWarnings,
  type OnboardingClient,
  type OnboardingView,
  type UpdateOptions,
} from '../../client/index.ts';
import type { Scope } from '../api-keys.ts';
import { takeFromBudget, type MailBudget } from '../mail-budget.ts';
import { HttpProblem } from '../problems/problem.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import { actorOf, describeWarnings, OF_A_BODY, problemsOf, type TypedServer } from './routes.ts';
import * as schemas from './schemas/requests.ts';
import { acceptedSchema, registeredSchema, remindedSchema, updatedSchema } from './schemas/view.ts';
import { update } from './update.ts';

interface Acting {
  readonly onboardings: OnboardingClient;
  readonly calls: TemporalCalls;
  readonly budget: MailBudget;
}

interface Route<Body extends z.ZodType = z.ZodUndefined> {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly scope?: Scope;
  /** Absent if the message has none. */
  readonly body?: Body;
}

interface UpdateRoute<Body extends z.ZodType> extends Route<Body> {
  /** The address that AR24 mails because of it: the sender's, or one that the body names. */
  readonly mails?: 'sender' | ((body: z.output<Body>) => string);
  /** Whether the body vouches for an address, which needs more than the scope of the route. */
  readonly vouches?: (body: z.output<Body>) => boolean;
  /** Whether it ends the onboarding. If the end is not reached yet, the answer is 202. */
  readonly ends?: true;
  /** Default: the view. */
  readonly answer?: typeof registeredSchema | typeof remindedSchema;
  readonly send: (
    message: Message<Body> & { readonly options: UpdateOptions },
  ) => Promise<OnboardingView>;
}

interface SignalRoute<Body extends z.ZodType> extends Route<Body> {
  readonly send: (message: Message<Body>) => Promise<void>;
}

interface Message<Body extends z.ZodType> {
  readonly reference: string;
  readonly body: z.output<Body>;
  readonly by: string;
}

export function acting(app: TypedServer, { onboardings, calls, budget }: Acting): void {
  updateRoute({
    path: 'registration',
    operationId: 'register',
    summary: 'Submit the registration form',
    description: "AR24's own parameters of `POST /user`. Also after AR24 refused a field.",
    body: formFields,
    answer: registeredSchema,
    send: async ({ reference, body, options }) => {
      const form = parseRequest(registrationForm, body);
      const view = await onboardings.register(reference, form, options);
      return { ...view, warnings: describeWarnings(registrationWarnings(form)) };
    },
  });
  updateRoute({
    path: 'address',
    operationId: 'correctAddress',
    summary: 'Correct the e-mail address, before an account exists for it',
    description:
      'Earlier links to the page become void. With `emailVerified: true` you vouch that the address is ' +
      'this person’s: it needs a key with the scope `start` or `override`, is possible for the current address ' +
      'at any time, and the outcome names the key.',
    mails: ({ email }) => email,
    body: schemas.addressBody,
    vouches: ({ emailVerified }) => emailVerified,
    send: ({ reference, body, by, options }) =>
      onboardings.correctAddress(reference, { ...body, by }, options),
  });
  updateRoute({
    path: 'reminders',
    operationId: 'remind',
    summary: 'Have AR24 mail the person again now',
    description:
      'Repeats every mail that AR24 can repeat, and says which. AR24 has no call that repeats the ' +
      'confirmation of the address; if nothing else is outstanding, the answer is 409 and says what helps.',
    mails: 'sender',
    answer: remindedSchema,
    send: async ({ reference, options }) => {
      const view = await onboardings.remind(reference, options);
      return { ...view, mailsRepeated: mailsToRepeat(view) };
    },
  });
  updateRoute({
    path: 'extensions',
    operationId: 'extend',
    summary: 'Move the deadline',
    body: schemas.extensionBody,
    send: ({ reference, body, options }) => onboardings.extend(reference, body, options),
  });
  updateRoute({
    path: 'cancellation',
    operationId: 'cancel',
    summary: 'Cancel the onboarding',
    description:
      '200: it has ended. 202: it is about to end, after a call to AR24 that is in flight.',
    body: schemas.cancellationBody,
    ends: true,
    send: ({ reference, body, by, options }) =>
      onboardings.cancel(reference, { ...body, by }, options),
  });
  updateRoute({
    path: 'overrides',
    operationId: 'override',
    summary: 'Count a requirement as satisfied although AR24 does not show it',
    description: 'The view and the outcome name the key.',
    scope: 'override',
    body: schemas.overrideBody,
    send: ({ reference, body, by, options }) =>
      onboardings.override(reference, { ...body, by }, options),
  });
  signalRoute({
    path: 'acceptances',
    operationId: 'accept',
    summary: 'Report that the person accepted something',
    description: 'AR24 is read before the claim is believed.',
    body: schemas.claimBody,
    send: ({ reference, body, by }) => onboardings.accept(reference, { ...body, by }),
  });
  signalRoute({
    path: 'refusals',
    operationId: 'refuse',
    summary: 'Report that the holder of the account refused access',
    description: 'AR24 is read first: access that it shows as granted wins.',
    send: ({ reference, by }) => onboardings.refuse(reference, { by }),
  });
  signalRoute({
    path: 'checks',
    operationId: 'check',
    summary: 'Read AR24 now',
    send: ({ reference }) => onboardings.check(reference),
  });

  /** Its answer comes from a worker. */
  function updateRoute<Body extends z.ZodType>(route: UpdateRoute<Body>): void {
    app.post(
      `/onboardings/:reference/${route.path}`,
      {
        config: { scope: route.scope ?? 'operate' },
        schema: {
          ...documentation(route),
          headers: schemas.idempotencyHeaders,
          response: {
            200: route.answer ?? updatedSchema,
            ...(route.ends && { 202: acceptedSchema }),
            ...problemsOf(
              ...(['onboarding-not-found', 'not-now', 'no-worker', ...OF_A_BODY] as const),
              ...(route.mails === undefined ? [] : (['mail-budget-exhausted'] as const)),
            ),
          },
        },
      },
      async (request, reply) => {
        const { reference } = request.params;
        const message = messageOf<Body>(request);
        if (route.vouches?.(message.body) === true) refuseUnlessMayVouch(request);
        const view = await update(
          {
            onboardings,
            calls,
            reference,
            operation: route.operationId,
            request,
            body: message.body,
            key: request.headers['idempotency-key'],
            async before(own, id) {
              const mailed = mailedBy(route, message.body, own);
              const cause = `message/${reference}/${id}`;
              return mailed === undefined ? undefined : takeFromBudget(budget, mailed, cause);
            },
          },
          (options) => route.send({ ...message, options }),
        );
        const isUnderWay = route.ends && view.outcome === null;
        return isUnderWay ? reply.code(202).send({ reference }) : view;
      },
    );
  }

  /** The key by which the mail of a message is counted, if it causes one. @param own of the sender's address */
  function mailedBy<Body extends z.ZodType>(
    { mails }: UpdateRoute<Body>,
    body: z.output<Body>,
    own: string | undefined,
  ): string | undefined {
    if (typeof mails !== 'function') return mails && own;
    const named = onboardings.mails.keyOfAddress(mails(body));
    // Vouching for the current address causes no mail.
    return named === own ? undefined : named;
  }

  /** The message is durable once the request is answered, even if no worker runs. */
  function signalRoute<Body extends z.ZodType>(route: SignalRoute<Body>): void {
    app.post(
      `/onboardings/:reference/${route.path}`,
      {
        config: { scope: route.scope ?? 'operate' },
        schema: {
          ...documentation(route),
          response: {
            202: acceptedSchema,
            ...problemsOf('onboarding-not-found', 'not-now', ...OF_A_BODY),
          },
        },
      },
      async (request, reply) => {
        const message = messageOf<Body>(request);
        await calls.withDeadline(() => route.send(message));
        return reply.code(202).send({ reference: message.reference });
      },
    );
  }
}

const MAY_VOUCH: readonly Scope[] = ['start', 'override'];

/** @throws HttpProblem */
function refuseUnlessMayVouch({ apiKey }: Pick<FastifyRequest, 'apiKey'>): void {
  if (MAY_VOUCH.some((scope) => apiKey?.scopes.includes(scope))) return;
  throw new HttpProblem('forbidden', {
    detail: 'emailVerified needs a key with the scope start or override.',
    members: { scope: 'start' },
  });
}

function documentation<Body extends z.ZodType>(route: Route<Body>) {
  const { operationId, summary, description = summary, body } = route;
  return {
    operationId,
    summary,
    description,
    tags: ['messages'],
    params: schemas.referenceParams,
    ...(body && { body }),
  };
}

function messageOf<Body extends z.ZodType>(
  request: Pick<FastifyRequest, 'apiKey' | 'body' | 'params'>,
): Message<Body> {
  // The schemas of the route have validated both.
  const { reference } = request.params as { readonly reference: string };
  return { reference, body: request.body as z.output<Body>, by: actorOf(request) };
}
