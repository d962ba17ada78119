/** What has to be true before a sender is ready. All lists and types of requirements derive from one table. */

interface Row {
  /** A field of AR24's account shows whether it is satisfied. */
  readonly accountFlag?: true;
  /** Only where the partner wants it. */
  readonly optional?: true;
  /** A person, or the partner's own systems, may claim it. */
  readonly claimable?: true;
  /** An operator may decide that it is satisfied. Never the attachment, never the form. */
  readonly overridable?: true;
  /** The request that has AR24 mail the person, or order the check. */
  readonly request?: 'access' | 'terms' | 'payment' | 'identity';
  /** The request may be repeated as a reminder. An identity check is paid, so it is not. */
  readonly repeatable?: true;
  /** AR24 has no mail that it could repeat: the partner is asked to remind the person. */
  readonly remindedByPartner?: true;
}

/**
 * In the order in which the status names them. A new requirement is a row here (docs/changing-workflows.md); one with a
 * request or a claim of its own needs code for that, too.
 */
const TABLE = {
  registration: { remindedByPartner: true },
  attachment: { claimable: true, request: 'access', repeatable: true },
  email: { accountFlag: true, claimable: true, overridable: true, remindedByPartner: true },
  terms: {
    accountFlag: true,
    claimable: true,
    overridable: true,
    request: 'terms',
    repeatable: true,
  },
  profile: { accountFlag: true, overridable: true, remindedByPartner: true },
  payment: {
    accountFlag: true,
    optional: true,
    overridable: true,
    request: 'payment',
    repeatable: true,
  },
  identity: { accountFlag: true, optional: true, overridable: true, request: 'identity' },
  operator: { overridable: true },
} as const satisfies Readonly<Record<string, Row>>;

type Table = typeof TABLE;
type With<Property extends keyof Row> = {
  [R in keyof Table]: Table[R] extends Readonly<Record<Property, unknown>> ? R : never;
}[keyof Table];

export type Requirement = keyof Table;
export type AccountRequirement = With<'accountFlag'>;
export type OptionalRequirement = With<'optional'>;
export type Claimable = With<'claimable'>;
export type Overridable = With<'overridable'>;
export type RequestKind = Table[With<'request'>]['request'];
/** A request that AR24 answers with a mail, so that it may be repeated. */
export type MailRequest = Table[With<'repeatable'>]['request'];
export type Status =
  | 'requesting-access'
  | 'creating-account'
  | `awaiting-${Requirement}`
  | 'ready'
  | 'refused'
  | 'expired'
  | 'cancelled'
  | 'failed';

export const REQUIREMENTS = Object.keys(TABLE).filter((name) => isRequirement(name));
export const ACCOUNT_REQUIREMENTS = requirementsWith('accountFlag');
export const OPTIONAL_REQUIREMENTS = requirementsWith('optional');
export const CLAIMABLE = requirementsWith('claimable');
export const OVERRIDABLE = requirementsWith('overridable');
export const REMINDED_BY_PARTNER = requirementsWith('remindedByPartner');
export const REPEATABLE = requirementsWith('repeatable');
export const MAIL_REQUESTS = REPEATABLE.map((name): MailRequest => requestFor(name));

/** In the order of an onboarding's life. */
export const STATUSES: readonly Status[] = [
  'requesting-access',
  ...REQUIREMENTS.flatMap((name): readonly Status[] =>
    name === 'registration' ? [`awaiting-${name}`, 'creating-account'] : [`awaiting-${name}`],
  ),
  'ready',
  'refused',
  'expired',
  'cancelled',
  'failed',
];

/** The request by which AR24 is asked for this requirement. */
export function requestFor<R extends With<'request'>>(requirement: R): Table[R]['request'] {
  return TABLE[requirement].request;
}

function isRequirement(name: string): name is Requirement {
  return Object.hasOwn(TABLE, name);
}

function requirementsWith<Property extends keyof Row>(
  property: Property,
): readonly With<Property>[] {
  return REQUIREMENTS.filter((name): name is With<Property> => property in TABLE[name]);
}
