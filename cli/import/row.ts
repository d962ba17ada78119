/** One row: its request, or all its faults. */
import {
  InvalidRequestError,
  parseRequest,
  startWarnings,
  type RequestFault,
  type RequestWarning,
  type StartRequest,
} from '../../client/index.ts';
import { brokenText } from '../../client/schemas/form/broken-text.ts';
import { RULES } from '../../client/schemas/form/rules.ts';
import { withoutEdges } from '../../client/schemas/invisible.ts';
import { reference as referenceSchema } from '../../client/schemas/text.ts';
import { startRequest } from '../../client/schemas/start-request.ts';
import { yesOrNo } from '../../client/schemas/registration-form.ts';
import { FORM_COLUMNS, SIGN_UP, columnNamed, type Column, type Header } from './header.ts';
import type { CsvRecord } from './records.ts';

export interface ValidRow {
  readonly kind: 'valid';
  readonly line: number;
  readonly reference: string;
  readonly request: StartRequest;
  /** About values that AR24 will probably refuse. */
  readonly warnings: readonly string[];
}

export interface InvalidRow {
  readonly kind: 'invalid';
  readonly line: number;
  /** Empty where the cell is no reference: it may hold an address. */
  readonly reference: string;
  readonly faults: readonly [Fault, ...Fault[]];
}

export type ImportRow = ValidRow | InvalidRow;

/** What the form's columns are: whole forms, or prefills, which may lack any field. */
export type Forms = 'registration' | 'prefill';

export function rowOf({ line, cells }: CsvRecord, header: Header, forms: Forms): ImportRow {
  const named = cellsByName(cells, header);
  const [request, refused] = parsed(named, forms);
  const [first, ...faults] = [...strayCells(cells, header), ...refused];
  const reference = named.reference ?? '';
  if (first !== undefined || request === undefined) {
    const isReference = referenceSchema.safeParse(reference).success;
    const none: Fault = { column: null, message: 'cannot be read' };
    return {
      ...{ kind: 'invalid', line, faults: [first ?? none, ...faults] },
      reference: isReference ? reference : '',
    };
  }
  const warnings = [...damageIn(reference), ...startWarnings(request).map(warningWords)];
  return { kind: 'valid', line, reference, request, warnings };
}

type Cells = Partial<Record<Column, string>>;

/** Cells without invisible characters at their ends. Empty cells stay, so that they are reported as empty. */
function cellsByName(cells: readonly string[], header: Header): Cells {
  const named: Cells = {};
  header.forEach((column, n) => {
    if (column !== undefined) named[column] = withoutEdges(cells[n] ?? '');
  });
  return named;
}

function strayCells(cells: readonly string[], header: Header): readonly Fault[] {
  const stray = cells.findIndex((cell, n) => header[n] === undefined && withoutEdges(cell) !== '');
  if (stray < 0) return [];
  const message =
    `has text in cell ${stray + 1}, for which the header has no name; a cell that holds ` +
    'the delimiter needs quotes';
  return [{ column: null, message }];
}

function parsed(
  cells: Cells,
  forms: Forms,
): readonly [ReturnType<typeof check> | undefined, readonly Fault[]] {
  try {
    return [check(cells, forms), []];
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    return [undefined, error.faults.map((fault) => faultOf(fault, cells))];
  }
}

function check(cells: Cells, forms: Forms) {
  const filledIn = FORM_COLUMNS.filter((column) => (cells[column] ?? '') !== '');
  // Of a whole form, empty and missing columns are reported as such.
  const columns = forms === 'prefill' ? filledIn : FORM_COLUMNS;
  const verified = cells.email_verified ?? '';
  return parseRequest(startRequest, {
    reference: cells.reference,
    email: cells.email,
    // The schema refuses a value that is neither yes nor no.
    emailVerified: verified === '' ? false : (yesOrNo(verified) ?? verified),
    language: cells.language === '' ? undefined : cells.language?.toLowerCase(),
    require: (cells.require ?? '').split(/[\s,|;+]+/u).filter((one) => one !== ''),
    ...(filledIn.length > 0 && {
      [forms]: Object.fromEntries(columns.map((column) => [column, cells[column]])),
    }),
  });
}

const MONTH =
  '(?:jan|janv|feb|mar|mars|apr|avr|may|mai|jun|juin|jul|juil|aug|sep|sept|oct|nov|dec)\\.?';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const YEAR = '(?:19|20)\\d\\d';
/** What Excel makes of `MARS1` or `1-3`, and dates in full. Months with accents cannot be in a reference. */
const DATE = new RegExp(
  `^(?:${DAY}-${MONTH}(?:-(?:${YEAR}|\\d\\d))?|${MONTH}-(?:${YEAR}|\\d\\d)|` +
    `${DAY}[-.](?:0?[1-9]|1[0-2])[-.]${YEAR}|${YEAR}-(?:0[1-9]|1[0-2])-${DAY})$`,
  'i',
);
const POWER = /^\d+(?:\.\d+)?E-?\d+$/i;

/** It may be right, so it is a warning only. */
function damageIn(reference: string): readonly string[] {
  if (DATE.test(reference)) {
    return ['reference: looks like a date: a spreadsheet may have changed it'];
  }
  if (POWER.test(reference)) {
    return ['reference: looks like a power of ten: a spreadsheet may have changed it'];
  }
  return [];
}

function warningWords({ path, message }: RequestWarning): string {
  return `${path.replace('registration.', '')}: ${message}`;
}

function faultOf({ path, message }: RequestFault, cells: Cells): Fault {
  const [, field = ''] = /^(?:(?:registration|prefill)\.)?([^.]*)/.exec(path) ?? [];
  const column = field === 'emailVerified' ? 'email_verified' : columnNamed(field);
  if (column === undefined) return { column: null, message };
  const value = cells[column];
  const isThere = value !== undefined;
  const broken = value && SIGN_UP.some((one) => one === column) && brokenText(value, false);
  // The rule explains more than the schema's message.
  if (broken) return { column, message: RULES[broken] };
  return {
    column,
    message: isThere ? message : 'is needed for the form, and the file has no such column',
  };
}

/** A fault of a row. Never holds the value. */
interface Fault {
  /** Null for the row as a whole. */
  readonly column: Column | null;
  readonly message: string;
}
