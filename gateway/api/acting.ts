/** What can be said to an onboarding: claims and hints are taken as they come, updates are answered. */
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  type OnboardingClient,
  type OnboardingView,
  type UpdateOptions,
} from '../../client/index.ts';
import { registrationForm } from '../../client/schemas/registration-form.ts';
import { inTime } from '../in-time.ts';
import type { MailBudget } from '../budget/mail-budget.ts';
import { takeFromBudget } from '../budget/take.ts';
import type { Scope } from '../keys/api-key.ts';
import { actorOf, problemsOf, type Typed } from './routes.ts';
import * as schemas from './schemas/requests.ts';
import { acceptedSchema, updatedSchema } from './schemas/view.ts';
import { update } from './update.ts';

interface Acting {
  readonly onboardings: OnboardingClient;
  readonly budget: MailBudget;
}

interface Route<Body extends z.ZodType = z.ZodUndefined> {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly scope?: Scope;
  /** Absent where there is nothing to say. */
  readonly body?: Body;
}

interface UpdateRoute<Body extends z.ZodType> extends Route<Body> {
  /** Whom it has AR24 mail: the sender where he is, or the address that the body names. */
  readonly mails?: 'sender' | ((body: z.output<Body>) => string);
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

export function acting(app: Typed, { onboardings, budget }: Acting): void {
  answered({
    path: 'registration',
    operationId: 'register',
    summary: 'Hand in the registration form',
    description: "AR24's own parameters of `POST /user`; also after AR24 refused a field.",
    body: registrationForm.meta({ id: 'RegistrationForm' }),
    send: ({ reference, body, options }) => onboardings.register(reference, body, options),
  });
  answered({
    path: 'address',
    operationId: 'correctAddress',
    summary: 'Correct the e-mail address, as long as there is no account for it',
    mails: ({ email }) => email,
    body: schemas.addressBody,
    send: ({ reference, body, options }) => onboardings.correctAddress(reference, body, options),
  });
  answered({
    path: 'reminders',
    operationId: 'remind',
    summary: 'Have AR24 mail the person again, now',
    mails: 'sender',
    send: ({ reference, options }) => onboardings.remind(reference, options),
  });
  answered({
    path: 'extensions',
    operationId: 'extend',
    summary: 'Move the deadline',
    body: schemas.extensionBody,
    send: ({ reference, body, options }) => onboardings.extend(reference, body, options),
  });
  answered({
    path: 'cancellation',
    operationId: 'cancel',
    summary: 'End it without a result',
    body: schemas.cancellationBody,
    send: ({ reference, body, by, options }) =>
      onboardings.cancel(reference, { ...body, by }, options),
  });
  answered({
    path: 'overrides',
    operationId: 'override',
    summary: 'Settle a requirement that AR24 does not show, on your word',
    description: 'The name of the key stands beside it, in the outcome too.',
    scope: 'override',
    body: schemas.overrideBody,
    send: ({ reference, body, by, options }) =>
      onboardings.override(reference, { ...body, by }, options),
  });
  taken({
    path: 'acceptances',
    operationId: 'accept',
    summary: 'Tell that the person accepted something',
    description: 'AR24 is read before it is believed.',
    body: schemas.claimBody,
    send: ({ reference, body, by }) => onboardings.accept(reference, { ...body, by }),
  });
  taken({
    path: 'refusals',
    operationId: 'refuse',
    summary: 'Tell that the holder of the account refused access',
    description: 'AR24 is read: access granted wins.',
    send: ({ reference, by }) => onboardings.refuse(reference, { by }),
  });
  taken({
    path: 'checks',
    operationId: 'check',
    summary: 'Look at AR24 now',
    send: ({ reference }) => onboardings.check(reference),
  });

  /** Waits for the answer of a worker. */
  function answered<Body extends z.ZodType>(route: UpdateRoute<Body>): void {
    app.post(
      `/onboardings/:reference/${route.path}`,
      {
        config: { scope: route.scope ?? 'operate' },
        schema: {
          ...documentation(route),
          headers: schemas.idempotencyHeaders,
          response: { 200: updatedSchema, ...problemsOf(404, 409, 413, 415) },
        },
      },
      (request) => {
        const { reference } = request.params;
        const message = messageOf<Body>(request);
        return update(
          {
            onboardings,
            reference,
            operation: route.operationId,
            request,
            key: request.headers['idempotency-key'],
            async before(own, id) {
              const mailed = mailedBy(route, message.body, own);
              const cause = { by: 'message', id: `${reference}/${id}` } as const;
              return mailed === undefined ? undefined : takeFromBudget(budget, mailed, cause);
            },
          },
          (options) => route.send({ ...message, options }),
        );
      },
    );
  }

  /** The hash of the address that a message has mailed, if any. @param own the sender's */
  function mailedBy<Body extends z.ZodType>(
    { mails }: UpdateRoute<Body>,
    body: z.output<Body>,
    own: string | undefined,
  ): string | undefined {
    return typeof mails === 'function' ? onboardings.emailHashOf(mails(body)) : mails && own;
  }

  /** Durable once it is answered, with no worker up too. */
  function taken<Body extends z.ZodType>(route: SignalRoute<Body>): void {
    app.post(
      `/onboardings/:reference/${route.path}`,
      {
        config: { scope: route.scope ?? 'operate' },
        schema: {
          ...documentation(route),
          response: { 202: acceptedSchema, ...problemsOf(404, 409, 413, 415) },
        },
      },
      async (request, reply) => {
        const message = messageOf<Body>(request);
        await inTime(() => route.send(message));
        return reply.code(202).send({ reference: message.reference });
      },
    );
  }
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
  // What the route's schemas have just made of the request.
  const { reference } = request.params as { readonly reference: string };
  return { reference, body: request.body as z.output<Body>, by: actorOf(request) };
}
