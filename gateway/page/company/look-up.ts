/** Looks up a French company by its SIRET, at a service of the kind of recherche-entreprises.api.gouv.fr. */
import { get as getPlain, type Agent, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { z } from 'zod';
import { text } from '../../../client/schemas/text.ts';

/** The person waits meanwhile. They can fill in the fields faster than a slow service answers. */
const TIMEOUT_MS = 1_000;
/** An answer has about 3 KB for a company with one office. */
const MOST_BYTES = 128 * 1024;

export interface Company {
  readonly company: string;
  readonly address1: string;
  readonly zipcode: string;
  readonly city: string;
}

export type Found =
  | { readonly kind: 'found'; readonly company: Company }
  | { readonly kind: 'not-found' }
  /** No usable answer: an outage, too slow, too long, or not as documented. */
  | { readonly kind: 'failed' };

/** Never rejects. @param siret 14 digits */
export type CompanyLookUp = (siret: string) => Promise<Found>;

export interface CompanyLookUpSettings {
  /** The SIRET is added to it as the parameter `q`. */
  readonly url: string;
  /** `allowed`: this machine, private networks and http are allowed too. */
  readonly privateTargets: 'refused' | 'allowed';
  /** Milliseconds in which the whole answer has to arrive. Default: 1,000. */
  readonly timeoutMs?: number | undefined;
}

/** @throws TypeError on an address that is not allowed; its message holds no value */
export function createCompanyLookUp(settings: CompanyLookUpSettings): CompanyLookUp {
  const { privateTargets, timeoutMs = TIMEOUT_MS } = settings;
  const target = URL.canParse(settings.url) ? new URL(settings.url) : undefined;
  const isPrivateAllowed = privateTargets === 'allowed';
  const isPlain = target?.protocol === 'http:';
  if (!target || (target.protocol !== 'https:' && !(isPlain && isPrivateAllowed))) {
    throw new TypeError('must be https, or http if private addresses are allowed');
  }
  const filter = { allowPrivateIPAddress: isPrivateAllowed };
  const agent = isPlain
    ? new RequestFilteringHttpAgent(filter)
    : new RequestFilteringHttpsAgent(filter);
  return async (siret) => {
    const url = new URL(target);
    url.searchParams.set('q', siret);
    url.searchParams.set('per_page', '1');
    try {
      return companyIn(await answerOf(url, agent, AbortSignal.timeout(timeoutMs)), siret);
    } catch {
      return { kind: 'failed' };
    }
  };
}

/** @throws unless it is JSON with status 200, in time, and not too long. Follows no redirect. */
async function answerOf(url: URL, agent: Agent, signal: AbortSignal): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const get = url.protocol === 'https:' ? getSecure : getPlain;
  const headers = { accept: 'application/json', 'user-agent': 'sender-onboarding' };
  get(url, { agent, signal, headers }, resolve).on('error', reject);
  const response = await promise;
  if (response.statusCode !== 200) {
    response.destroy();
    throw new Error('the answer has another status than 200');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** The service has `[ND]` where a company does not want a value to be public. */
const value = text.refine((written) => !written.includes('[ND]'));

const office = z.object({
  siret: z.string().regex(/^\d{14}$/),
  adresse: value,
  code_postal: value,
  libelle_commune: value,
});

/** The offices, whose values may be hidden, are read only where their SIRET fits. */
const answerSchema = z.object({
  results: z
    .array(
      z.object({
        nom_raison_sociale: z.string().nullish(),
        nom_complet: z.string().nullish(),
        siege: z.unknown(),
        matching_etablissements: z.array(z.unknown()).max(1_000).optional(),
      }),
    )
    .max(25),
});

/** @throws on an answer that is not as documented */
function companyIn(answer: unknown, siret: string): Found {
  const { results } = answerSchema.parse(answer);
  for (const { nom_raison_sociale, nom_complet, siege, matching_etablissements = [] } of results) {
    const ofSiret = [siege, ...matching_etablissements].find(
      (one) => z.object({ siret: z.literal(siret) }).safeParse(one).success,
    );
    if (ofSiret === undefined) continue;
    const { adresse, code_postal: zipcode, libelle_commune: city } = office.parse(ofSiret);
    const company = value.parse(nom_raison_sociale ?? nom_complet);
    return {
      kind: 'found',
      company: { company, address1: streetIn(adresse, zipcode), zipcode, city },
    };
  }
  return { kind: 'not-found' };
}

/** The address without the postcode and the town that follow the street. */
function streetIn(address: string, zipcode: string): string {
  const at = address.lastIndexOf(` ${zipcode} `);
  return at > 0 ? address.slice(0, at).trim() : address;
}
