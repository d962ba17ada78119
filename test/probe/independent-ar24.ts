/**
 * An AR24 written from docs/ar24-api.md alone, with habits of its own where that document is silent. It shares no code
 * with the simulator, ar24/ or probe/, so that they cannot all be wrong in the same way.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import type { Habits } from './habits.ts';
import { aes, ahead, KEY, sha, TOKEN } from './independent-credentials.ts';

interface Person {
  readonly id: number;
  readonly data: Readonly<Record<string, string>>;
  confirmed: boolean;
  cgu: boolean;
  attached: boolean;
  asked: boolean;
}

export interface SentMail {
  readonly to: string;
  readonly kind: 'confirmation' | 'terms' | 'access' | 'notice';
}

class Refusal extends Error {}
const refuse = (slug: string): never => {
  throw new Refusal(slug);
};

export class IndependentAr24 {
  readonly token = TOKEN;
  readonly privateKey = KEY;
  readonly mails: SentMail[] = [];
  readonly letters: string[] = [];
  webhook = '';
  #callsLeft = Infinity;
  readonly #habits: Habits;
  readonly #people: Person[] = [];
  readonly #dates = new Set<string>();
  readonly #server = createServer((request, response) => {
    void this.#answer(request).then(({ status, type, text }) => {
      response.writeHead(status, { 'content-type': type }).end(text);
    });
  });

  constructor(habits: Habits) {
    this.#habits = habits;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await promisify(this.#server.close.bind(this.#server))();
  }

  get apiUrl(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/`;
  }

  get accounts(): readonly string[] {
    return this.#people.map(({ data }) => data['email'] ?? '');
  }

  /** After so many calls, AR24 accepts the token no longer. */
  revokeAfter(calls: number): void {
    this.#callsLeft = calls;
  }

  /** As a holder does on AR24's web page. */
  open(email: string): void {
    const data = { email, firstname: 'A', lastname: 'B' };
    const id = this.#people.length + 501;
    this.#people.push({ id, data, confirmed: true, cgu: true, attached: false, asked: false });
  }

  /** A click in the newest mail; it shows after a while. */
  async click(email: string, change: 'confirmed' | 'cgu' | 'attached' | 'refused'): Promise<void> {
    const person = this.#find(email);
    if (person === undefined) throw new Error('no such person');
    setTimeout(() => {
      if (change === 'refused') person.asked = false;
      else person[change] = true;
    }, this.#habits.slow);
    if (this.webhook === '') return;
    const body = JSON.stringify({ user: { id: person.id }, user_id: person.id, event: change });
    await fetch(this.webhook, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; type: string; text: string }> {
    const { secure, refusalStatus, refusalType } = this.#habits;
    const url = new URL(request.url ?? '', 'http://here');
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const form =
      request.method === 'GET'
        ? url.searchParams
        : new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const given = Object.fromEntries([...form].filter(([, value]) => value !== ''));
    try {
      this.#check(given, request.headers['signature']?.toString());
      const route = `${request.method ?? ''} ${url.pathname.replace(/^\/api/, '')}`;
      const text = JSON.stringify({ status: 'SUCCESS', result: this.#do(route, given) });
      if (!secure) return { status: 200, type: 'application/json', text };
      // PHP's chunk_split.
      const lines = aes(text, sha(`${given['date'] ?? ''}${KEY}`)).replaceAll(/(.{76})/g, '$1\r\n');
      return { status: 200, type: 'application/octet-stream', text: lines };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const [slug, message] = [error.message, 'Une erreur est survenue.'];
      const text = JSON.stringify({ status: 'ERROR', slug, message });
      return { status: refusalStatus, type: refusalType, text };
    }
  }

  #check({ token, date }: Readonly<Record<string, string>>, signature: string | undefined): void {
    const { secure, past, dateTwice, wrongSignature } = this.#habits;
    if (secure) {
      const seconds = ahead(date ?? refuse('empty_date'));
      if (Number.isNaN(seconds)) refuse('invalid_date');
      if (seconds < -past) refuse('expired_date');
      if (seconds > 600) refuse('date_in_future');
    }
    if (token === undefined) refuse('token_missing');
    if (token !== TOKEN) refuse('token_invalid');
    this.#callsLeft -= 1;
    if (this.#callsLeft < 0) refuse('token_invalid');
    if (!secure) return;
    if (signature === undefined) refuse('empty_signature');
    if (signature !== aes(date ?? '', sha(KEY))) refuse(wrongSignature);
    if (dateTwice !== undefined && this.#dates.has(date ?? '')) refuse(dateTwice);
    this.#dates.add(date ?? '');
  }

  #do(route: string, given: Readonly<Record<string, string>>): unknown {
    const { mailsAlways } = this.#habits;
    const before = this.mails.length;
    try {
      return this.#done(route, given);
    } finally {
      const to = given['email'] ?? this.#emailOf(given['id_user']);
      if (mailsAlways && route.startsWith('POST') && this.mails.length === before) {
        this.mails.push({ to, kind: 'notice' });
      }
    }
  }

  #emailOf(id: string | undefined): string {
    return this.#people.find((one) => String(one.id) === id)?.data['email'] ?? '';
  }

  #done(route: string, given: Readonly<Record<string, string>>): unknown {
    const { listMost, payment, empty } = this.#habits;
    switch (route) {
      case 'GET /user':
        return this.#shown(this.#requested(given));
      case 'GET /user/list':
      case 'GET /user/list/': {
        const start = Number(given['start'] ?? 0);
        const most = Math.min(Number(given['max'] ?? listMost), listMost);
        const users = this.#people
          .filter(({ attached }) => attached)
          .map((one) => this.#shown(one));
        return { users: users.slice(start, start + most), total: users.length };
      }
      case 'POST /user':
        return this.#create(given);
      case 'POST /user/request_access':
        return this.#access(given['email'] ?? '');
      case 'POST /user/request_cgu': {
        const person = this.#requested(given);
        if (person.cgu)
          return this.#habits.termsDone === undefined ? empty : refuse(this.#habits.termsDone);
        this.#mail(person, 'terms');
        return empty;
      }
      case 'POST /user/identity':
        this.letters.push(this.#requested(given).data['email'] ?? '');
        return empty;
      case 'POST /user/payment_request':
        return payment(`https://pay.example/${this.#requested(given).id}`);
      default:
        return refuse('unknown_route');
    }
  }

  #create(given: Readonly<Record<string, string>>): unknown {
    const { cgu, confirmed, duplicate, genderNeeded, termsOnCreation } = this.#habits;
    const { duplicateOfOthers, refusesCreation } = this.#habits;
    for (const name of ['firstname', 'lastname', 'email', 'zipcode', 'city', 'country']) {
      if (given[name] === undefined) refuse(`missing_${name}`);
    }
    if (given['gender'] === undefined && genderNeeded) refuse('error_gender');
    if (refusesCreation !== undefined) refuse(refusesCreation);
    if (given['cgu'] === '1' && cgu === 'refused') refuse('cgu_not_allowed');
    if (given['confirmed'] === '1' && confirmed === 'refused') refuse('confirmed_not_allowed');
    const other = this.#find(given['email'] ?? '');
    const taken = other?.attached === false ? duplicateOfOthers : duplicate;
    if (other !== undefined && taken !== undefined) refuse(taken);
    const person: Person = {
      id: this.#people.length + 501,
      data: given,
      confirmed: given['confirmed'] === '1' && confirmed === 'honoured',
      cgu: given['cgu'] === '1' && cgu === 'honoured',
      attached: true,
      asked: false,
    };
    this.#people.push(person);
    if (!person.confirmed) this.#mail(person, 'confirmation');
    if (!person.cgu && termsOnCreation) this.#mail(person, 'terms');
    // AR24 promises the identifier at least (3.2).
    return { id: person.id };
  }

  #access(email: string): unknown {
    const { noAccount, attached, mailsAgain, empty } = this.#habits;
    const person = this.#find(email);
    if (person === undefined) return noAccount === undefined ? empty : refuse(noAccount);
    if (person.attached) return attached === undefined ? empty : refuse(attached);
    if (!person.asked || mailsAgain) this.#mail(person, 'access');
    person.asked = true;
    return empty;
  }

  #mail({ data }: Person, kind: SentMail['kind']): void {
    this.mails.push({ to: data['email'] ?? '', kind });
  }

  #find(email: string): Person | undefined {
    const key = (text: string): string => (this.#habits.caseMatters ? text : text.toLowerCase());
    return this.#people.find(({ data }) => key(data['email'] ?? '') === key(email));
  }

  #requested(given: Readonly<Record<string, string>>): Person {
    const { id_user: id, email } = given;
    if (id === undefined && email === undefined) refuse('missing_user_id');
    const person =
      id === undefined
        ? this.#find(email ?? '')
        : this.#people.find((one) => String(one.id) === id);
    if (person === undefined) return refuse('user_not_exist');
    return person.attached ? person : refuse('user_unavailable');
  }

  /** The fields of 4.2. */
  #shown({ id, data, confirmed, cgu }: Person): Readonly<Record<string, unknown>> {
    const { flags, more, hidden } = this.#habits;
    const flag = (on: boolean): unknown => (flags === 'number' ? Number(on) : String(Number(on)));
    const texts =
      'name firstname lastname email gender statut company company_siret company_tva company_activity country ' +
      'address1 address2 zipcode city c_phone c_mobile billing_email billing_tva custom_ref';
    const off =
      'notif_cgu notif_profil_uncomplete notif_billing payment_active notify_dp notify_ev notify_ar notify_rf ' +
      'notify_ng notify_bc notify_consent notify_eidas_to_valid notify_recipient_update ' +
      'notify_waiting_ar_answer is_legal_entity';
    const user = {
      id: flags === 'number' ? id : String(id),
      ...Object.fromEntries(texts.split(' ').map((name) => [name, data[name] ?? ''])),
      ...Object.fromEntries(off.split(' ').map((name) => [name, flag(false)])),
      confirmed: flag(confirmed),
      cgu: flag(cgu),
      is_payment_possible: false,
      creation: '2026-01-02 03:04:05',
      ...more,
    };
    return Object.fromEntries(Object.entries(user).filter(([name]) => !hidden.includes(name)));
  }
}
