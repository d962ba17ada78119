/** One row, as the request that it stands for, or with all that is wrong with it. */
import {
  InvalidRequestError,
  parseRequest,
  registrationWarnings,
  type RequestFault,
  type StartRequest,
} from '../../client/index.ts';
import { reference as referenceSchema } from '../../client/schemas/reference.ts';
import { startRequest } from '../../client/schemas/start-request.ts';
import { FORM_COLUMNS, columnNamed, type Column } from './columns.ts';
import { damagesIn } from './damage.ts';
import type { Fault } from './fault.ts';
import type { Header } from './header.ts';
import type { CsvRecord } from './records.ts';

export interface ValidRow {
  readonly kind: 'valid';
  readonly line: number;
  readonly reference: string;
  readonly request: StartRequest;
  /** What AR24 will probably refuse. */
  readonly warnings: readonly string[];
}

export interface InvalidRow {
  readonly kind: 'invalid';
  readonly line: number;
  /** Empty where it is none: anything may stand there, such as an address. */
  readonly reference: string;
  readonly faults: readonly [Fault, ...Fault[]];
}

export type Row = ValidRow | InvalidRow;

/** As people write it, also where the spreadsheet is a French one. */
const YES = ['true', '1', 'yes', 'oui', 'vrai'];
const NO = ['', 'false', '0', 'no', 'non', 'faux'];

export function rowOf({ line, cells }: CsvRecord, header: Header): Row {
  const named = cellsByName(cells, header);
  const [request, refused] = parsed(named);
  const damages = damagesIn(named);
  const damaged = damages.map(({ column }) => column);
  const [first, ...faults] = [
    ...strayCells(cells, header),
    ...damages,
    // Of a damaged cell the damage is all that helps.
    ...refused.filter(({ column }) => !damaged.includes(column)),
  ];
  const reference = named.reference ?? '';
  if (first !== undefined || request === undefined) {
    const isReference = referenceSchema.safeParse(reference).success;
    const none: Fault = { column: null, message: 'cannot be read' };
    return {
      ...{ kind: 'invalid', line, faults: [first ?? none, ...faults] },
      reference: isReference ? reference : '',
    };
  }
  const { registration } = request;
  const warnings = registration === undefined ? [] : registrationWarnings(registration);
  return { kind: 'valid', line, reference, request, warnings };
}

type Cells = Partial<Record<Column, string>>;

/** Blanks around a cell mean nothing; an empty one is kept, so that it is told as such. */
function cellsByName(cells: readonly string[], header: Header): Cells {
  const named: Cells = {};
  header.forEach((column, n) => {
    if (column !== undefined) named[column] = (cells[n] ?? '').trim();
  });
  return named;
}

function strayCells(cells: readonly string[], header: Header): readonly Fault[] {
  const stray = cells.findIndex((cell, n) => header[n] === undefined && cell.trim() !== '');
  if (stray < 0) return [];
  const message =
    `has something in cell ${stray + 1}, for which the header has no name; a cell that holds ` +
    'the delimiter is put in quotes';
  return [{ column: null, message }];
}

function parsed(cells: Cells): readonly [ReturnType<typeof check> | undefined, readonly Fault[]] {
  try {
    return [check(cells), []];
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    return [undefined, error.faults.map((fault) => faultOf(fault, cells))];
  }
}

function check(cells: Cells) {
  const hasForm = FORM_COLUMNS.some((column) => (cells[column] ?? '') !== '');
  return parseRequest(startRequest, {
    reference: cells.reference,
    email: cells.email,
    emailVerified: yesOrNo(cells.email_verified ?? ''),
    language: cells.language === '' ? undefined : cells.language?.toLowerCase(),
    require: (cells.require ?? '').split(/[\s,|;+]+/u).filter((one) => one !== ''),
    ...(hasForm && {
      registration: Object.fromEntries(FORM_COLUMNS.map((column) => [column, cells[column]])),
    }),
  });
}

/** What is neither is left for the schema to refuse. */
function yesOrNo(written: string): boolean | string {
  const word = written.toLowerCase();
  if (YES.includes(word)) return true;
  return NO.includes(word) ? false : written;
}

function faultOf({ path, message }: RequestFault, cells: Cells): Fault {
  const [, field = ''] = /^(?:registration\.)?([^.]*)/.exec(path) ?? [];
  const column = field === 'emailVerified' ? 'email_verified' : columnNamed(field);
  if (column === undefined) return { column: null, message };
  const isThere = cells[column] !== undefined;
  return {
    column,
    message: isThere ? message : 'is needed for the form, and the file has no such column',
  };
}
