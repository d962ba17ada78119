/** A source of the partner's own, with fields of its own. */
import { parseEventSources, type EventSource } from '../../../gateway/events/sources.ts';
import { aSecret } from './events.ts';

export const FIELDS = { type: '$.type', reference: '$.id', email: '$.email' };

export function sourceOf(fields: object, more: object = {}): EventSource {
  const sources = parseEventSources(
    JSON.stringify({
      sources: [
        {
          name: 'own',
          secrets: [aSecret()],
          fields: { ...FIELDS, ...fields },
          events: { start: ['started'], cancel: ['left'] },
          ...more,
        },
      ],
    }),
    () => undefined,
  );
  const [source] = sources;
  if (source === undefined) throw new Error('no source');
  return source;
}
