/** Equal as JSON: enough for the plain values that travel through Temporal. */
export function readsAsSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
