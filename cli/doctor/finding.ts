/** What one check of `onboard doctor` found. Holds no secret and no e-mail address. */
export interface Finding {
  /**
   * `warning`: works, but somebody should know; `skipped`: makes no sense after what another check
   * found.
   */
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly found: string;
  /** What a person can do about it, step by step. */
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
