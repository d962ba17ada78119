/** The result of one check of `onboard doctor`. Holds no secret and no e-mail address. */
export interface Finding {
  /**
   * `warning`: works, with a drawback; `skipped`: pointless after the finding of another check.
   */
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly found: string;
  /** Steps that repair it. */
  readonly todo: readonly string[];
}

export function ok(found: string): Finding {
  return { state: 'ok', found, todo: [] };
}

export function warning(found: string, ...todo: readonly string[]): Finding {
  return { state: 'warning', found, todo };
}

export function failed(found: string, ...todo: readonly string[]): Finding {
  return { state: 'failed', found, todo };
}

export function skipped(found: string): Finding {
  return { state: 'skipped', found, todo: [] };
}
