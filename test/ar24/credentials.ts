/** The credentials and the clock of the tests' clients. */
export const TOKEN = 'token-5e11afc0ffee';
export const PRIVATE_KEY = 'key-0ddba11deadbeef';
/** 14:00 in Paris. */
export const NOW = new Date('2026-11-24T13:00:00Z');
/** {@link NOW} in Paris, 120 s ahead. */
export const DATE = '2026-11-24 14:02:00';
